//! What a person in a test has: documents with made-up content.

use core::fmt;

use crate::element::ElementType;

/// A document of a person who does not exist, in plain.
///
/// Nothing is checked, so that a service can be tested with documents that no sound client would
/// send. [`sample`](Self::sample) has all that its type can have.
///
/// ```
/// use telegram_passport::ElementType;
/// use telegram_passport::testing::Document;
///
/// let card = Document::new(ElementType::IdentityCard)
///     .with_data(r#"{"document_no":"AB123456"}"#)
///     .with_front_side(b"no picture at all");
/// assert_eq!(card.element_type(), ElementType::IdentityCard);
/// assert_eq!(Document::samples().len(), 13);
/// ```
#[derive(Clone)]
pub struct Document {
    pub(super) element: ElementType,
    pub(super) data: Option<Vec<u8>>,
    pub(super) front_side: Option<Vec<u8>>,
    pub(super) reverse_side: Option<Vec<u8>>,
    pub(super) selfie: Option<Vec<u8>>,
    pub(super) translation: Vec<Vec<u8>>,
    pub(super) files: Vec<Vec<u8>>,
    pub(super) text: Option<String>,
}

impl Document {
    /// A document of that type without anything in it.
    #[must_use]
    pub fn new(element: ElementType) -> Self {
        Self {
            element,
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: Vec::new(),
            files: Vec::new(),
            text: None,
        }
    }

    /// A sound document of that type with everything that it may have: valid fields, and small grey
    /// JPEG pictures of which no two are the same.
    #[must_use]
    pub fn sample(element: ElementType) -> Self {
        let mut document = Self::new(element);
        let picture = |part: &str| picture(&format!("{part} of {element}"));
        if element.has_data() {
            document.data = Some(sample_data(element).into());
        }
        if element.has_front_side() {
            document.front_side = Some(picture("front side"));
        }
        if element.has_reverse_side() {
            document.reverse_side = Some(picture("reverse side"));
        }
        if element.may_have_selfie() {
            document.selfie = Some(picture("selfie"));
        }
        if element.may_have_translation() {
            document.translation = vec![picture("translation"), picture("second translation")];
        }
        if element.has_files() {
            document.files = vec![picture("first page"), picture("second page")];
        }
        document.text = match element {
            ElementType::PhoneNumber => Some("15550100".to_owned()),
            ElementType::Email => Some("anna@example.org".to_owned()),
            _ => None,
        };
        document
    }

    /// A [`sample`](Self::sample) of each of the 13 types.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        ElementType::ALL.map(Self::sample).to_vec()
    }

    /// Its type.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// Its `data`, if it has some.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        self.data.as_deref()
    }

    /// Its `front_side`, if it has one.
    #[must_use]
    pub fn front_side(&self) -> Option<&[u8]> {
        self.front_side.as_deref()
    }

    /// Its `reverse_side`, if it has one.
    #[must_use]
    pub fn reverse_side(&self) -> Option<&[u8]> {
        self.reverse_side.as_deref()
    }

    /// Its `selfie`, if it has one.
    #[must_use]
    pub fn selfie(&self) -> Option<&[u8]> {
        self.selfie.as_deref()
    }

    /// The files of its `translation`.
    #[must_use]
    pub fn translation(&self) -> &[Vec<u8>] {
        &self.translation
    }

    /// Its `files`.
    #[must_use]
    pub fn files(&self) -> &[Vec<u8>] {
        &self.files
    }

    /// Its phone number or e-mail address, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// With that `data`: JSON in UTF-8, if the service is to be able to read it.
    #[must_use]
    pub fn with_data(mut self, json: impl Into<Vec<u8>>) -> Self {
        self.data = Some(json.into());
        self
    }

    /// With that `front_side`.
    #[must_use]
    pub fn with_front_side(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.front_side = Some(file.into());
        self
    }

    /// With that `reverse_side`.
    #[must_use]
    pub fn with_reverse_side(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.reverse_side = Some(file.into());
        self
    }

    /// With that `selfie`.
    #[must_use]
    pub fn with_selfie(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.selfie = Some(file.into());
        self
    }

    /// With one more file of the `translation`.
    #[must_use]
    pub fn with_translation(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.translation.push(file.into());
        self
    }

    /// With one more of the `files`.
    #[must_use]
    pub fn with_file(mut self, file: impl Into<Vec<u8>>) -> Self {
        self.files.push(file.into());
        self
    }

    /// With that phone number or e-mail address.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("element", &self.element)
            .finish_non_exhaustive()
    }
}

/// A grey JPEG of 8 times 8 pixels that carries `label` as its comment: no two labels have the same
/// bytes.
///
/// ```
/// use telegram_passport::file::ImageReport;
/// use telegram_passport::testing::picture;
///
/// let report = ImageReport::of(&picture("a passport"));
/// assert_eq!(report.findings().count(), 0);
/// assert_ne!(picture("one"), picture("two"));
/// ```
#[must_use]
pub fn picture(label: &str) -> Vec<u8> {
    let label = label.as_bytes();
    let label = label.get(..LONGEST_LABEL).unwrap_or(label);
    let length = u16::try_from(label.len() + 2).unwrap_or(u16::MAX);
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xfe];
    jpeg.extend(length.to_be_bytes());
    jpeg.extend(label);
    // Quantisation: 64 ones.
    jpeg.extend([0xff, 0xdb, 0x00, 0x43, 0x00]);
    jpeg.extend([1; 64]);
    // Frame: baseline, 8 bits, 8 times 8 pixels, one component.
    jpeg.extend([0xff, 0xc0, 0x00, 0x0b, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    // Two codes, of one bit each: "no difference" and "end of block".
    for class in [0x00, 0x10] {
        jpeg.extend([0xff, 0xc4, 0x00, 0x14, class, 1]);
        jpeg.extend([0; 16]);
    }
    // The scan: both codes, filled up with ones.
    jpeg.extend([0xff, 0xda, 0x00, 0x08, 1, 1, 0x00, 0, 63, 0, 0b0011_1111]);
    jpeg.extend([0xff, 0xd9]);
    jpeg
}

fn sample_data(element: ElementType) -> &'static str {
    match element {
        ElementType::PersonalDetails => {
            r#"{"birth_date":"01.02.1990","country_code":"GB","first_name":"Anna","first_name_native":"Анна","gender":"female","last_name":"Example","last_name_native":"Пример","middle_name":"","middle_name_native":"","residence_country_code":"DE"}"#
        }
        ElementType::Address => {
            r#"{"city":"Berlin","country_code":"DE","post_code":"10115","state":"","street_line1":"Example Street 1","street_line2":""}"#
        }
        _ => r#"{"document_no":"AB123456","expiry_date":"31.12.2090"}"#,
    }
}

/// Bytes of a comment in a picture.
const LONGEST_LABEL: usize = 1000;
