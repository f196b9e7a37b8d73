//! Any function of `telegram-passport-tl` as a call of grammers: two newtypes over its traits.

use std::marker::PhantomData;

use grammers_client::tl::{self, Cursor, deserialize};
use telegram_passport_tl::{DecodeError, DecodeOwned, EncodeError, RemoteCall, RpcError};

/// A function of ours, encoded, as a [`tl::RemoteCall`]: `client.invoke(&Call::new(&function)?)`.
///
/// It is encoded first, since a value that TL cannot write is an error with us, and grammers expects
/// that writing never fails.
pub(crate) struct Call<C> {
    bytes: Vec<u8>,
    function: PhantomData<fn() -> C>,
}

impl<C: RemoteCall> Call<C> {
    pub(crate) fn new(function: &C) -> Result<Self, EncodeError> {
        Ok(Self {
            bytes: function.to_bytes()?,
            function: PhantomData,
        })
    }
}

impl<C> tl::Serializable for Call<C> {
    fn serialize(&self, buf: &mut impl Extend<u8>) {
        buf.extend(self.bytes.iter().copied());
    }
}

impl<C: RemoteCall> tl::RemoteCall for Call<C> {
    type Return = Answer<C::Return>;
}

/// An answer, read by our strict decoder, as a [`tl::Deserializable`].
///
/// The error of that decoder is kept: it names the field, which those of grammers cannot.
pub(crate) struct Answer<T>(pub(crate) Result<T, DecodeError>);

impl<T: DecodeOwned> tl::Deserializable for Answer<T> {
    /// Takes all that is left: grammers hands over the bytes of one answer and nothing else.
    fn deserialize(cursor: &mut Cursor<'_>) -> deserialize::Result<Self> {
        let mut bytes = Vec::new();
        cursor.read_to_end(&mut bytes)?;
        Ok(Self(T::from_bytes(&bytes)))
    }
}

/// An RPC error as ours, which has the number at its place in the name. grammers has taken it out; in
/// the names that matter here, such as `FILE_MIGRATE_X`, it stands at the end.
pub(crate) fn rpc_error(error: &grammers_client::sender::RpcError) -> RpcError {
    match error.value {
        Some(value) => RpcError::parse(error.code, &format!("{}_{value}", error.name)),
        None => RpcError::parse(error.code, &error.name),
    }
}

#[cfg(test)]
mod tests {
    use grammers_client::tl::{Deserializable, Serializable};
    use telegram_passport_tl::functions::users::SetSecureValueErrors;
    use telegram_passport_tl::{Encode, enums, functions, types};

    use super::*;

    #[test]
    fn a_call_has_the_bytes_of_grammers_own() {
        let ours = functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: types::InputSecureFileLocation {
                id: 1,
                access_hash: -2,
            }
            .into(),
            offset: 4096,
            limit: 524_288,
        };
        let theirs = tl::functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: tl::types::InputSecureFileLocation {
                id: 1,
                access_hash: -2,
            }
            .into(),
            offset: 4096,
            limit: 524_288,
        };
        let call = Call::new(&ours).expect("it can be written");
        assert_eq!(call.to_bytes(), theirs.to_bytes());
        assert_eq!(call.to_bytes(), ours.to_bytes().expect("it can be written"));
    }

    #[test]
    fn what_cannot_be_written_is_an_error_before_it_is_sent() {
        let errors = vec![
            types::SecureValueError {
                r#type: enums::SecureValueType::Email,
                hash: vec![0; 1 << 24],
                text: String::new(),
            }
            .into(),
        ];
        let id = enums::InputUser::UserSelf;
        assert!(Call::new(&SetSecureValueErrors { id, errors }).is_err());
    }

    #[test]
    fn an_answer_is_what_grammers_wrote() {
        let theirs = tl::enums::upload::File::File(tl::types::upload::File {
            r#type: tl::enums::storage::FileType::FileUnknown,
            mtime: 5,
            bytes: vec![1, 2, 3],
        });
        let answer = Answer::<enums::upload::File>::from_bytes(&theirs.to_bytes());
        let file = answer.expect("it is kept").0.expect("it is sound");
        let enums::upload::File::File(file) = file else {
            panic!("{file:?}");
        };
        assert_eq!((file.mtime, &file.bytes[..]), (5, &[1, 2, 3][..]));
        let answer = Answer::<bool>::from_bytes(&Serializable::to_bytes(&true));
        assert_eq!(answer.expect("it is kept").0, Ok(true));
    }

    #[test]
    fn an_answer_with_something_behind_it_is_refused_with_the_place() {
        let mut bytes = Serializable::to_bytes(&true);
        bytes.extend([0; 4]);
        let answer = Answer::<bool>::from_bytes(&bytes).expect("it is kept");
        let error = answer.0.expect_err("something is behind it");
        assert!(error.to_string().contains('4'), "{error}");
        let answer = Answer::<enums::upload::File>::from_bytes(&[1, 2]).expect("it is kept");
        assert!(answer.0.is_err());
    }

    #[test]
    fn numbers_return_into_the_names_of_errors() {
        let received = |message: &str| tl::types::RpcError {
            error_code: 303,
            error_message: message.to_owned(),
        };
        for message in ["FILE_MIGRATE_4", "FLOOD_PREMIUM_WAIT_17", "LIMIT_INVALID"] {
            let error = rpc_error(&received(message).into());
            assert_eq!(error, RpcError::parse(303, message));
        }
    }
}
