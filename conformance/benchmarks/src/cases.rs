//! What is measured: six values, and those who read and write them.

use std::hint::black_box;

use clap::ValueEnum;
use grammers_tl_types as grammers;
use telegram_passport_tl::{Boxed, Decode, Encode, borrowed, enums, types};
use tl_proto::{TlRead, TlWrite};

use crate::input::bytes_of;
use crate::tl_proto_types as proto;

/// A value to read and write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Case {
    /// A full `inputSecureValue`.
    InputSecureValue,
    /// `account.authorizationForm`: 13 required types, 13 values, 10 errors.
    AuthorizationForm,
    /// `messageActionSecureValuesSentMe` with 13 values.
    SecureValuesSentMe,
    /// `Vector<SecureValue>` of 1000.
    SecureValues,
    /// `upload.file` with 512 KiB.
    UploadFile,
    /// `upload.file` with 1 KiB: beside the other it shows what depends on the length.
    SmallUploadFile,
    /// `account.password`.
    Password,
}

/// The six cases that have targets.
pub(crate) const CASES: [Case; 6] = [
    Case::InputSecureValue,
    Case::AuthorizationForm,
    Case::SecureValuesSentMe,
    Case::SecureValues,
    Case::UploadFile,
    Case::Password,
];

/// Who does what with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Who {
    /// This workspace, from bytes to owned values.
    DecodeOwned,
    /// This workspace, from bytes to values that borrow from them.
    DecodeBorrowed,
    /// grammers-tl-types, from bytes to owned values; it has no others.
    DecodeGrammers,
    /// tl-proto, from bytes to values that borrow from them.
    DecodeTlProto,
    /// This workspace, into a new vector.
    EncodeOurs,
    /// grammers-tl-types, into a new vector.
    EncodeGrammers,
    /// tl-proto, into a new vector.
    EncodeTlProto,
    /// This workspace, into a vector with room.
    AppendOurs,
    /// grammers-tl-types, into a vector with room.
    AppendGrammers,
    /// tl-proto, into a vector with room.
    AppendTlProto,
    /// The bytes as they are, into a new vector.
    Copy,
}

/// One way of doing one thing: does it as often as it is told.
pub(crate) struct Contender {
    pub(crate) who: Who,
    pub(crate) repeat: Box<dyn FnMut(u64)>,
}

/// All who take part in a case; each has shown that it reads and writes the same bytes.
pub(crate) fn contenders(case: Case) -> Vec<Contender> {
    // The values borrow from it for as long as the process lives.
    let bytes: &'static [u8] = bytes_of(case).leak();
    match case {
        Case::InputSecureValue => on::<
            enums::InputSecureValue,
            borrowed::enums::InputSecureValue<'_>,
            grammers::enums::InputSecureValue,
            proto::InputSecureValue<'_>,
        >(bytes),
        Case::AuthorizationForm => on::<
            enums::account::AuthorizationForm,
            borrowed::enums::account::AuthorizationForm<'_>,
            grammers::enums::account::AuthorizationForm,
            proto::AuthorizationForm<'_>,
        >(bytes),
        Case::SecureValuesSentMe => on::<
            Boxed<types::MessageActionSecureValuesSentMe>,
            Boxed<borrowed::types::MessageActionSecureValuesSentMe<'_>>,
            GrammersBoxed<grammers::types::MessageActionSecureValuesSentMe>,
            proto::MessageActionSecureValuesSentMe<'_>,
        >(bytes),
        Case::SecureValues => on::<
            Vec<enums::SecureValue>,
            Vec<borrowed::enums::SecureValue<'_>>,
            Vec<grammers::enums::SecureValue>,
            proto::Vector<proto::SecureValue<'_>>,
        >(bytes),
        Case::UploadFile | Case::SmallUploadFile => on::<
            enums::upload::File,
            borrowed::enums::upload::File<'_>,
            grammers::enums::upload::File,
            proto::UploadFile<'_>,
        >(bytes),
        Case::Password => on::<
            enums::account::Password,
            borrowed::enums::account::Password<'_>,
            grammers::enums::account::Password,
            proto::Password<'_>,
        >(bytes),
    }
}

fn on<O, B, G, P>(bytes: &'static [u8]) -> Vec<Contender>
where
    O: Decode<'static> + Encode + 'static,
    B: Decode<'static> + Encode + 'static,
    G: grammers::Deserializable + grammers::Serializable + 'static,
    P: TlRead<'static> + TlWrite + 'static,
{
    let owned = O::from_bytes(bytes).expect("ours reads it");
    let borrowed = B::from_bytes(bytes).expect("ours reads it");
    let theirs = G::from_bytes(bytes).expect("grammers reads it");
    let proto: P = tl_proto::deserialize(bytes).expect("tl-proto reads it");
    assert_eq!(owned.to_bytes().as_deref(), Ok(bytes));
    assert_eq!(borrowed.to_bytes().as_deref(), Ok(bytes));
    assert_eq!(theirs.to_bytes(), bytes);
    assert_eq!(tl_proto::serialize(&proto), bytes);
    drop(borrowed);

    let mut room = (
        Vec::with_capacity(bytes.len()),
        Vec::with_capacity(bytes.len()),
        Vec::with_capacity(bytes.len()),
    );
    let (owned, theirs, proto) = (leak(owned), leak(theirs), leak(proto));
    vec![
        contender(Who::DecodeOwned, move || O::from_bytes(black_box(bytes))),
        contender(Who::DecodeBorrowed, move || B::from_bytes(black_box(bytes))),
        contender(Who::DecodeGrammers, move || G::from_bytes(black_box(bytes))),
        contender(Who::DecodeTlProto, move || {
            tl_proto::deserialize::<P>(black_box(bytes))
        }),
        contender(Who::EncodeOurs, move || black_box(owned).to_bytes()),
        contender(Who::EncodeGrammers, move || black_box(theirs).to_bytes()),
        contender(Who::EncodeTlProto, move || {
            tl_proto::serialize(black_box(proto))
        }),
        contender(Who::AppendOurs, move || {
            room.0.clear();
            black_box(owned).append_to(black_box(&mut room.0))
        }),
        contender(Who::AppendGrammers, move || {
            room.1.clear();
            black_box(theirs).serialize(black_box(&mut room.1))
        }),
        contender(Who::AppendTlProto, move || {
            tl_proto::serialize_into(black_box(proto), black_box(&mut room.2))
        }),
        contender(Who::Copy, move || black_box(bytes).to_vec()),
    ]
}

/// Whatever `once` makes is looked at and dropped: who makes a value has to clear it away, too.
fn contender<T>(who: Who, mut once: impl FnMut() -> T + 'static) -> Contender {
    let repeat = Box::new(move |times| {
        for _ in 0..times {
            black_box(&once());
        }
    });
    Contender { who, repeat }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Grammers offers this constructor with its id only as one of the 60 of `MessageAction`, whose
/// size would be held against it.
struct GrammersBoxed<T>(T);

impl<T: grammers::Identifiable + grammers::Deserializable> grammers::Deserializable
    for GrammersBoxed<T>
{
    fn deserialize(buf: &mut grammers::Cursor<'_>) -> grammers::deserialize::Result<Self> {
        match u32::deserialize(buf)? {
            id if id == T::CONSTRUCTOR_ID => T::deserialize(buf).map(Self),
            id => Err(grammers::deserialize::Error::UnexpectedConstructor { id }),
        }
    }
}

impl<T: grammers::Identifiable + grammers::Serializable> grammers::Serializable
    for GrammersBoxed<T>
{
    fn serialize(&self, buf: &mut impl Extend<u8>) {
        T::CONSTRUCTOR_ID.serialize(buf);
        self.0.serialize(buf);
    }
}
