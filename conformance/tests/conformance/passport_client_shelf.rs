//! A Telegram that has a shelf for parts, files and values, and nothing else: enough to save to, and
//! to lose calls and answers at any step.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::fmt;

use telegram_passport::client::{Connection, Failure, Request};
use telegram_passport_tl::{
    Decode, DecodeOwned, Encode, Identifiable, RpcError, enums, functions, types,
};

use super::passport_client_by_hand::md5;

/// The shelf behind a connection.
pub(super) struct Shelf {
    state: RefCell<State>,
    fault: RefCell<FaultOf>,
}

type FaultOf = Box<dyn FnMut(&mut State, &'static str) -> Fault>;

/// What is on the shelf, and what was called.
#[derive(Default)]
pub(super) struct State {
    pub(super) parts: BTreeMap<(i64, i32), Vec<u8>>,
    pub(super) files: BTreeMap<i64, (types::SecureFile, Vec<u8>)>,
    pub(super) values: Vec<types::SecureValue>,
    /// The id of the passport secret; `None` takes any.
    pub(super) secret_id: Option<i64>,
    pub(super) methods: Vec<&'static str>,
    /// Files and numbers of all parts that were received, in their order.
    pub(super) received: Vec<(i64, i32)>,
    pub(super) saved: Vec<types::InputSecureValue>,
    pub(super) submitted: Vec<functions::account::AcceptAuthorization>,
    made: i64,
}

/// What happens to a call.
pub(super) enum Fault {
    None,
    /// It never arrives.
    LostRequest,
    /// It is carried out, and nobody hears of it.
    LostAnswer,
    /// It is refused.
    Refused(i32, &'static str),
    /// It is answered with `boolFalse` and not carried out.
    False,
    /// It is carried out, and the value in its answer is another.
    Changed(fn(&mut types::SecureValue)),
}

impl Shelf {
    pub(super) fn new() -> Self {
        Self {
            state: RefCell::default(),
            fault: RefCell::new(Box::new(|_, _| Fault::None)),
        }
    }

    /// Asks before each call what is to happen to it.
    pub(super) fn fault(&self, fault: impl FnMut(&mut State, &'static str) -> Fault + 'static) {
        *self.fault.borrow_mut() = Box::new(fault);
    }

    /// One fault at the call of that number, from 0, counted from now.
    pub(super) fn fault_at(&self, number: usize, fault: impl Fn() -> Fault + 'static) {
        let mut count = 0;
        self.fault(move |_, _| {
            count += 1;
            if count == number + 1 {
                fault()
            } else {
                Fault::None
            }
        });
    }

    pub(super) fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }

    pub(super) fn state_mut(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    /// The value of a kind as it is stored.
    pub(super) fn value(&self, kind: enums::SecureValueType) -> types::SecureValue {
        let state = self.state();
        let mut values = state.values.iter();
        values
            .find(|value| value.r#type == kind)
            .cloned()
            .expect("it is stored")
    }
}

impl Connection for Shelf {
    type Error = Cut;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Cut>> {
        let mut state = self.state.borrow_mut();
        state.methods.push(request.method());
        let fault = (self.fault.borrow_mut())(&mut state, request.method());
        match fault {
            Fault::LostRequest => Err(Failure::Connection(Cut)),
            Fault::Refused(code, name) => Err(RpcError::parse(code, name).into()),
            Fault::False => Ok(false.to_bytes().expect("a Bool")),
            Fault::None => state.answer(&request).map_err(Failure::Rpc),
            Fault::LostAnswer => match state.answer(&request) {
                Ok(_) => Err(Failure::Connection(Cut)),
                Err(error) => Err(error.into()),
            },
            Fault::Changed(change) => {
                let answer = state.answer(&request)?;
                let value = enums::SecureValue::from_bytes(&answer).expect("a value");
                let mut value = value.into_inner();
                change(&mut value);
                Ok(enums::SecureValue::from(value).to_bytes().expect("a value"))
            }
        }
    }
}

/// The connection is cut.
#[derive(Debug)]
pub(super) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut")
    }
}

impl std::error::Error for Cut {}

impl State {
    fn answer(&mut self, request: &Request<'_>) -> Result<Vec<u8>, RpcError> {
        use functions::{account, upload};

        let answer = match request.method() {
            upload::SaveFilePart::NAME => self.save_part(read(request))?.to_bytes(),
            upload::GetFile::NAME => self.get_file(read(request), request.dc_id())?.to_bytes(),
            account::SaveSecureValue::NAME => self.save(read(request))?.to_bytes(),
            account::GetSecureValue::NAME => {
                let call: account::GetSecureValue = read(request);
                self.get(|kind| call.types.contains(kind)).to_bytes()
            }
            account::GetAllSecureValues::NAME => self.get(|_| true).to_bytes(),
            account::DeleteSecureValue::NAME => {
                let call: account::DeleteSecureValue = read(request);
                self.values
                    .retain(|value| !call.types.contains(&value.r#type));
                true.to_bytes()
            }
            account::AcceptAuthorization::NAME => {
                self.submitted.push(read(request));
                true.to_bytes()
            }
            _ => return Err(RpcError::parse(400, "METHOD_INVALID")),
        };
        Ok(answer.expect("an answer"))
    }

    fn save_part(&mut self, call: functions::upload::SaveFilePart) -> Result<bool, RpcError> {
        match call.bytes.len() {
            0 => return Err(RpcError::parse(400, "FILE_PART_EMPTY")),
            1..=524_288 => {}
            _ => return Err(RpcError::parse(400, "FILE_PART_TOO_BIG")),
        }
        self.received.push((call.file_id, call.file_part));
        self.parts
            .insert((call.file_id, call.file_part), call.bytes);
        Ok(true)
    }

    fn get_file(
        &mut self,
        call: functions::upload::GetFile,
        dc_id: Option<i32>,
    ) -> Result<enums::upload::File, RpcError> {
        let enums::InputFileLocation::InputSecureFileLocation(location) = call.location else {
            return Err(RpcError::parse(400, "LOCATION_INVALID"));
        };
        let file = self.files.get(&location.id);
        let file = file.filter(|(file, _)| file.access_hash == location.access_hash);
        let (file, bytes) = file.ok_or_else(|| RpcError::parse(400, "FILE_ID_INVALID"))?;
        if dc_id != Some(file.dc_id) {
            return Err(RpcError::parse(
                303,
                &format!("FILE_MIGRATE_{}", file.dc_id),
            ));
        }
        let rest = bytes.get(call.offset as usize..).unwrap_or_default();
        let bytes = rest[..rest.len().min(call.limit as usize)].to_vec();
        let r#type = enums::storage::FileType::FilePartial;
        Ok(types::upload::File {
            r#type,
            mtime: 0,
            bytes,
        }
        .into())
    }

    fn save(
        &mut self,
        call: functions::account::SaveSecureValue,
    ) -> Result<enums::SecureValue, RpcError> {
        let other = |id| id != call.secure_secret_id;
        if self.secret_id.is_some_and(other) {
            return Err(RpcError::parse(400, "SECURE_SECRET_INVALID"));
        }
        let value = call.value.into_inner();
        let mut file = |file: &Option<_>| file.as_ref().map(|file| self.file(file)).transpose();
        let front_side = file(&value.front_side)?;
        let reverse_side = file(&value.reverse_side)?;
        let selfie = file(&value.selfie)?;
        let mut list = |files: &Option<Vec<_>>| match files {
            Some(files) => files
                .iter()
                .map(|file| self.file(file))
                .collect::<Result<_, _>>()
                .map(Some),
            None => Ok(None),
        };
        let translation = list(&value.translation)?;
        let files = list(&value.files)?;
        self.parts.clear();
        self.made += 1;
        let stored = types::SecureValue {
            r#type: value.r#type,
            data: value.data.clone(),
            front_side,
            reverse_side,
            selfie,
            translation,
            files,
            plain_data: value.plain_data.clone(),
            hash: format!("hash {}", self.made).into_bytes(),
        };
        self.values.retain(|other| other.r#type != stored.r#type);
        self.values.push(stored.clone());
        self.saved.push(value);
        Ok(stored.into())
    }

    fn file(&mut self, file: &enums::InputSecureFile) -> Result<enums::SecureFile, RpcError> {
        let uploaded = match file {
            enums::InputSecureFile::Uploaded(uploaded) => uploaded,
            enums::InputSecureFile::File(kept) => {
                let file = self.files.get(&kept.id);
                let file = file.filter(|(file, _)| file.access_hash == kept.access_hash);
                let (file, _) = file.ok_or_else(|| RpcError::parse(400, "FILE_ID_INVALID"))?;
                return Ok(file.clone().into());
            }
        };
        let mut bytes = Vec::new();
        let mut size = None;
        for part in 0..uploaded.parts {
            let missing = || RpcError::parse(400, &format!("FILE_PART_{part}_MISSING"));
            let found = self.parts.get(&(uploaded.id, part)).ok_or_else(missing)?;
            let size = *size.get_or_insert(found.len());
            let fits = match part + 1 == uploaded.parts {
                true => found.len() <= size,
                false => found.len() == size && size % 1024 == 0 && 524_288 % size == 0,
            };
            if !fits {
                return Err(RpcError::parse(400, "FILE_PART_SIZE_INVALID"));
            }
            bytes.extend_from_slice(found);
        }
        if md5(&bytes) != uploaded.md5_checksum {
            return Err(RpcError::parse(400, "MD5_CHECKSUM_INVALID"));
        }
        self.made += 1;
        let file = types::SecureFile {
            id: 1000 + self.made,
            access_hash: -self.made,
            size: bytes.len() as i64,
            dc_id: 2,
            date: 1_700_000_000,
            file_hash: uploaded.file_hash.clone(),
            secret: uploaded.secret.clone(),
        };
        self.files.insert(file.id, (file.clone(), bytes));
        Ok(file.into())
    }

    fn get(&self, wanted: impl Fn(&enums::SecureValueType) -> bool) -> Vec<enums::SecureValue> {
        let values = self.values.iter().filter(|value| wanted(&value.r#type));
        values.cloned().map(Into::into).collect()
    }
}

/// The call from its bytes, constructor id first.
fn read<F: DecodeOwned>(request: &Request<'_>) -> F {
    F::from_bytes(request.body()).expect("the call is TL")
}
