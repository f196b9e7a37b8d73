//! The order of the checks, to the letter.
//!
//! 1. The RSA step gives the credentials secret.
//! 2. The credentials are decrypted; their hash and padding must be right, their text JSON.
//! 3. The nonce is checked and consumed, before anything else of the credentials is looked at.
//! 4. Every document is decrypted: hash, padding, JSON. Every file is matched with its credentials.
//!
//! Source: protocol reference, section 8.8.

use super::Submission;
use super::element::{
    AddressDocument, Document, DocumentPart, Element, Head, IdentityDocument, JsonElement,
    PlainElement,
};
use super::file::{List, PassportFile, PassportFiles};
use super::finding::{FilePart, Finding, Part};
use crate::cipher::{self, Plaintext};
use crate::container::{ElementName, EncryptedData, EncryptedElement, EncryptedFile, PassportData};
use crate::credentials::{Credentials, ElementCredentials, UncheckedCredentials};
use crate::document::{EmailAddress, PhoneNumber};
use crate::element::ElementType;
use crate::error::{Check, OpenError};
use crate::file::FileCredentials;
use crate::key::CredentialsKey;
use crate::nonce::NonceCheck;
use crate::secret::CredentialsSecret;

impl PassportData {
    /// Opens the submission: decrypts and verifies all but the files, which are still to be fetched.
    ///
    /// `nonce` is asked once, with the nonce of the credentials, before anything else in them is
    /// used. Give a [`&Nonce`](crate::nonce::Nonce) if one is expected, or that user's view of a
    /// store.
    ///
    /// # Errors
    ///
    /// [`OpenError`], the same for every cause. Nothing has been handed out then; the nonce may be
    /// consumed.
    pub fn open<K, N>(&self, key: &K, nonce: N) -> Result<Submission, OpenError>
    where
        K: CredentialsKey + ?Sized,
        N: NonceCheck,
    {
        self.open_with(key, nonce, |credentials| credentials.nonce())
    }

    /// The same for the answer to a request of version 1.0, which calls the nonce `payload`. Such
    /// requests have a scope that is not a JSON object; do not use this for any other.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_version_1_0<K, N>(&self, key: &K, payload: N) -> Result<Submission, OpenError>
    where
        K: CredentialsKey + ?Sized,
        N: NonceCheck,
    {
        self.open_with(key, payload, |credentials| credentials.payload())
    }

    fn open_with<K, N>(
        &self,
        key: &K,
        mut nonce: N,
        presented: for<'a> fn(&'a UncheckedCredentials<'_>) -> Option<&'a str>,
    ) -> Result<Submission, OpenError>
    where
        K: CredentialsKey + ?Sized,
        N: NonceCheck,
    {
        let plaintext = self.credentials(key)?;
        let credentials = UncheckedCredentials::parse(plaintext.as_bytes())?;
        let accepted = presented(&credentials).is_some_and(|presented| nonce.check(presented));
        if !accepted {
            return Err(OpenError::at(Check::Nonce, "credentials.nonce"));
        }
        self.elements(&credentials.read()?)
    }

    /// Steps 1 and 2. If the RSA step is refused, the rest is done all the same with a secret that
    /// opens nothing, so that the refusal takes no other path and no other time than a hash that
    /// differs: whoever can tell the two apart can decrypt by trying (Manger's attack on OAEP).
    fn credentials<K>(&self, key: &K) -> Result<Plaintext, OpenError>
    where
        K: CredentialsKey + ?Sized,
    {
        let encrypted = &self.credentials;
        let (secret, failed) = match key.open(&encrypted.secret) {
            Ok(secret) => (secret, Check::Hash),
            Err(_) => (CredentialsSecret::of_nothing(), Check::Key),
        };
        let plaintext =
            cipher::decrypt_credentials(&secret, &encrypted.hash, encrypted.data.as_slice())
                .map_err(|error| match (failed, error.detail().check()) {
                    (Check::Key, _) => OpenError::at(Check::Key, "credentials.secret"),
                    _ => error.in_place("credentials.data"),
                })?;
        if failed == Check::Key {
            return Err(OpenError::at(Check::Key, "credentials.secret"));
        }
        Ok(plaintext)
    }

    fn elements(&self, credentials: &Credentials) -> Result<Submission, OpenError> {
        let mut submission = Submission {
            elements: Vec::new(),
            findings: Vec::new(),
        };
        for (index, encrypted) in self.elements.iter().enumerate() {
            let kind = match &encrypted.name {
                ElementName::Known(kind) => *kind,
                ElementName::Other(name) => {
                    submission
                        .findings
                        .push(Finding::UnknownElement(name.clone()));
                    continue;
                }
            };
            let mut reader = Reader {
                index,
                kind,
                encrypted,
                credentials: credentials.get(kind),
                findings: &mut submission.findings,
            };
            if let Some(element) = reader.element()? {
                submission.elements.push(element);
            }
        }
        for (kind, credentials) in credentials.iter() {
            let sent = ElementName::Known(kind);
            if !self.elements.iter().any(|element| element.name == sent) {
                let parts = credentials.parts().into_iter();
                submission
                    .findings
                    .extend(parts.map(|part| Finding::NotSent(kind, part)));
            }
        }
        Ok(submission)
    }
}

/// One element beside its credentials.
struct Reader<'a> {
    index: usize,
    kind: ElementType,
    encrypted: &'a EncryptedElement,
    credentials: Option<&'a ElementCredentials>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn element(&mut self) -> Result<Option<Element>, OpenError> {
        self.report_unexpected();
        let head = Head {
            element: self.kind,
            hash: self.encrypted.hash.clone(),
        };
        Ok(Some(match self.kind {
            ElementType::PersonalDetails => Element::PersonalDetails(JsonElement {
                head,
                data: self.data()?,
            }),
            ElementType::Address => Element::Address(JsonElement {
                head,
                data: self.data()?,
            }),
            ElementType::PhoneNumber => match &self.encrypted.phone_number {
                Some(text) => {
                    let text = PhoneNumber::new(text.as_str());
                    Element::PhoneNumber(PlainElement { head, text })
                }
                None => return Ok(self.without_text()),
            },
            ElementType::Email => match &self.encrypted.email {
                Some(text) => {
                    let text = EmailAddress::new(text.as_str());
                    Element::Email(PlainElement { head, text })
                }
                None => return Ok(self.without_text()),
            },
            _ if self.kind.is_identity_document() => {
                let encrypted = self.encrypted;
                Element::IdentityDocument(Box::new(IdentityDocument {
                    head,
                    data: self.data()?,
                    front_side: self.file(FilePart::FrontSide, &encrypted.front_side)?,
                    reverse_side: self.file(FilePart::ReverseSide, &encrypted.reverse_side)?,
                    selfie: self.file(FilePart::Selfie, &encrypted.selfie)?,
                    translation: self.files(List::Translation)?,
                }))
            }
            _ => Element::AddressDocument(AddressDocument {
                head,
                files: self.files(List::Files)?,
                translation: self.files(List::Translation)?,
            }),
        }))
    }

    /// A phone number or e-mail element that lacks its text is as good as not sent.
    fn without_text(&mut self) -> Option<Element> {
        self.findings.push(Finding::NoText(self.kind));
        None
    }

    fn data<D: Document>(&mut self) -> Result<Option<DocumentPart<D>>, OpenError> {
        let credentials = self
            .credentials
            .and_then(|credentials| credentials.data.as_ref());
        let (Some(data), Some(credentials)) = (&self.encrypted.data, credentials) else {
            self.report(
                Part::Data,
                self.encrypted.data.is_some(),
                credentials.is_some(),
            );
            return Ok(None);
        };
        let EncryptedData { bytes, hash } = data;
        if hash.is_some_and(|hash| hash != credentials.hash) {
            return Err(OpenError::at(Check::HashMismatch, self.place(Part::Data)));
        }
        let plaintext =
            cipher::decrypt_data(&credentials.secret, &credentials.hash, bytes.as_slice())
                .map_err(|error| error.in_place(self.place(Part::Data)))?;
        let document = D::read(plaintext.as_bytes())
            .ok_or_else(|| OpenError::at(Check::Json, self.place(Part::Data)))?;
        Ok(Some(DocumentPart {
            element: self.kind,
            document,
            hash: credentials.hash,
        }))
    }

    fn file(
        &mut self,
        part: FilePart,
        encrypted: &Option<EncryptedFile>,
    ) -> Result<Option<PassportFile>, OpenError> {
        let credentials = self
            .credentials
            .and_then(|credentials| credentials.single(part));
        let allowed = part != FilePart::ReverseSide || self.kind.has_reverse_side();
        let (Some(encrypted), Some(credentials), true) = (encrypted, credentials, allowed) else {
            if allowed {
                self.report(Part::File(part), encrypted.is_some(), credentials.is_some());
            }
            return Ok(None);
        };
        if encrypted
            .hash
            .is_some_and(|hash| hash != *credentials.hash())
        {
            return Err(OpenError::at(
                Check::HashMismatch,
                self.place(Part::File(part)),
            ));
        }
        Ok(Some(self.passport_file(part, encrypted, credentials)))
    }

    /// Files pair with credentials by hash where they have one, else by their places; in both cases
    /// their numbers must agree.
    fn files(&mut self, list: List) -> Result<Option<PassportFiles>, OpenError> {
        let encrypted = list.of_element(self.encrypted);
        let credentials = match self.credentials {
            Some(credentials) => list.of_credentials(credentials),
            None => &[],
        };
        if encrypted.is_empty() || credentials.is_empty() {
            for index in 0..encrypted.len().max(credentials.len()) {
                let part = Part::File(list.part(index));
                self.report(part, !encrypted.is_empty(), !credentials.is_empty());
            }
            return Ok(None);
        }
        if encrypted.len() != credentials.len() {
            return Err(OpenError::at(
                Check::Count,
                self.place(Part::File(list.part(0))),
            ));
        }
        let mut by_place: Vec<Option<&FileCredentials>> = credentials.iter().map(Some).collect();
        let mut files = Vec::new();
        for (index, encrypted) in encrypted.iter().enumerate() {
            let part = list.part(index);
            let Some(encrypted) = encrypted else {
                self.findings
                    .push(Finding::EmptyFile(self.kind, Part::File(part)));
                continue;
            };
            let credentials = match &encrypted.hash {
                None => by_place.get_mut(index).and_then(Option::take),
                Some(hash) => by_place
                    .iter_mut()
                    .find(|other| other.is_some_and(|other| other.hash() == hash))
                    .and_then(Option::take),
            };
            let credentials = credentials
                .ok_or_else(|| OpenError::at(Check::HashMismatch, self.place(Part::File(part))))?;
            files.push(self.passport_file(part, encrypted, credentials));
        }
        Ok(PassportFiles::new(self.kind, list, files))
    }

    fn passport_file(
        &self,
        part: FilePart,
        encrypted: &EncryptedFile,
        credentials: &FileCredentials,
    ) -> PassportFile {
        PassportFile {
            element: self.kind,
            part,
            location: encrypted.location.clone(),
            credentials: credentials.clone(),
        }
    }

    /// Notes what is on one side only.
    fn report(&mut self, part: Part, sent: bool, credentials: bool) {
        match (sent, credentials) {
            (true, false) => self.findings.push(Finding::NoCredentials(self.kind, part)),
            (false, true) => self.findings.push(Finding::NotSent(self.kind, part)),
            _ => {}
        }
    }

    /// Notes the parts that this kind does not have.
    fn report_unexpected(&mut self) {
        let (kind, encrypted) = (self.kind, self.encrypted);
        let single = |part, file: &Option<EncryptedFile>| (Part::File(part), file.is_some());
        let list = |list: List| {
            (
                Part::File(list.part(0)),
                !list.of_element(encrypted).is_empty(),
            )
        };
        let parts = [
            (kind.has_data(), (Part::Data, encrypted.data.is_some())),
            (
                kind.has_front_side(),
                single(FilePart::FrontSide, &encrypted.front_side),
            ),
            (
                kind.has_reverse_side(),
                single(FilePart::ReverseSide, &encrypted.reverse_side),
            ),
            (
                kind.may_have_selfie(),
                single(FilePart::Selfie, &encrypted.selfie),
            ),
            (kind.may_have_translation(), list(List::Translation)),
            (kind.has_files(), list(List::Files)),
        ];
        for (has, (part, sent)) in parts {
            if sent && !has {
                self.findings.push(Finding::Unexpected(kind, part));
            }
        }
    }

    fn place(&self, part: Part) -> String {
        format!("data[{}].{part}", self.index)
    }
}

impl List {
    fn of_element(self, element: &EncryptedElement) -> &[Option<EncryptedFile>] {
        match self {
            Self::Translation => &element.translation,
            Self::Files => &element.files,
        }
    }

    fn of_credentials(self, credentials: &ElementCredentials) -> &[FileCredentials] {
        match self {
            Self::Translation => &credentials.translation,
            Self::Files => &credentials.files,
        }
    }

    fn part(self, index: usize) -> FilePart {
        match self {
            Self::Translation => FilePart::Translation(index),
            Self::Files => FilePart::Files(index),
        }
    }
}

impl ElementCredentials {
    fn single(&self, part: FilePart) -> Option<&FileCredentials> {
        match part {
            FilePart::FrontSide => self.front_side.as_ref(),
            FilePart::ReverseSide => self.reverse_side.as_ref(),
            FilePart::Selfie => self.selfie.as_ref(),
            FilePart::Translation(index) => self.translation.get(index),
            FilePart::Files(index) => self.files.get(index),
        }
    }

    /// Everything that there are credentials for.
    fn parts(&self) -> Vec<Part> {
        let singles = [FilePart::FrontSide, FilePart::ReverseSide, FilePart::Selfie];
        let singles = singles
            .into_iter()
            .filter(|part| self.single(*part).is_some());
        let translation = (0..self.translation.len()).map(FilePart::Translation);
        let files = (0..self.files.len()).map(FilePart::Files);
        let files = singles.chain(translation).chain(files).map(Part::File);
        self.data.iter().map(|_| Part::Data).chain(files).collect()
    }
}
