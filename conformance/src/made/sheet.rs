//! What the persons type in: all that is known before anything is encrypted.

use std::collections::BTreeMap;

use telegram_passport::ElementType;
use telegram_passport::client::PartSize;
use telegram_passport::testing::{Document, picture};

use super::service::Wish;

/// A person at the keyboard.
pub(super) struct Typist {
    pub(super) name: &'static str,
    pub(super) phone: &'static str,
    pub(super) password: &'static str,
    pub(super) new_password: &'static str,
    pub(super) documents: Vec<Document>,
    pub(super) part_size: PartSize,
    /// The services that are answered.
    pub(super) wishes: &'static [Wish],
}

/// All of them.
pub(super) fn all() -> [Typist; 3] {
    [anna(), ben(), chloe()]
}

/// Has everything that there is. She answers no service that asks for no translations: if those that
/// she has are sent along, python-telegram-bot cannot read the message.
fn anna() -> Typist {
    Typist {
        name: "Anna",
        phone: "+15550100",
        password: "correct horse battery staple",
        new_password: "Tr0ub4dor&3",
        documents: Document::samples(),
        part_size: PartSize::DEFAULT,
        wishes: &[Wish::Everything],
    }
}

/// Writes in other scripts, and has files of all lengths, in small parts; nothing that nobody wants.
fn ben() -> Typist {
    let mut lengths = LENGTHS.iter().copied().cycle();
    let mut file = |label: &str| bytes(label, lengths.next().unwrap_or(1));
    let documents = ElementType::ALL.map(|element| {
        let mut document = Document::new(element);
        if element.has_data() {
            document = document.with_data(data(element));
        }
        if element.has_front_side() {
            document = document.with_front_side(file(&format!("front of {element}")));
        }
        if element.has_reverse_side() {
            document = document.with_reverse_side(file(&format!("back of {element}")));
        }
        if element.has_files() {
            for page in 0..2 {
                document = document.with_file(file(&format!("page {page} of {element}")));
            }
        }
        match element {
            ElementType::PhoneNumber => document.with_text("819012345678"),
            ElementType::Email => document.with_text("ben+passport@example.org"),
            _ => document,
        }
    });
    Typist {
        name: "Ben",
        phone: "+819012345678",
        password: "пароль 密码 🔑",
        new_password: "x",
        documents: documents.to_vec(),
        part_size: PartSize::new(1024).unwrap_or_default(),
        wishes: &[Wish::EverythingBare, Wish::OneOfSeveral],
    }
}

/// Has a selfie for which nobody asks, the most pages that there may be, and a large one.
fn chloe() -> Typist {
    let passport = Document::sample(ElementType::Passport);
    let passport = Document::new(ElementType::Passport)
        .with_data(passport.data().unwrap_or_default())
        .with_front_side(bytes("a large front side", 1_500_007))
        .with_selfie(picture("nobody asks for it"));
    let mut bill = Document::new(ElementType::UtilityBill);
    for page in 0..20 {
        bill = bill.with_file(picture(&format!("page {page}")));
    }
    Typist {
        name: "Chloe",
        phone: "+33600000000",
        password: " spaces around it ",
        new_password: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\
                       0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef!",
        documents: vec![
            passport,
            bill,
            Document::new(ElementType::PhoneNumber).with_text("33600000000"),
            Document::new(ElementType::Email).with_text("chloe@example.org"),
        ],
        part_size: PartSize::new(512 * 1024).unwrap_or_default(),
        wishes: &[Wish::OneOfSeveral],
    }
}

/// JSON as our user's side writes it, so that what is decrypted is the same to the byte: the keys in
/// their order, those of empty fields, too.
fn data(element: ElementType) -> String {
    let fields: &[(&str, &str)] = match element {
        ElementType::PersonalDetails => &[
            ("birth_date", "29.02.2000"),
            ("country_code", "JP"),
            ("first_name", "Ben-Ali"),
            ("first_name_native", "勉 \"弁\" \\ /"),
            ("gender", "male"),
            ("last_name", "O'Neill"),
            ("last_name_native", "أونيل"),
            ("middle_name", "J. R."),
            ("middle_name_native", "😀"),
            ("residence_country_code", "JP"),
        ],
        ElementType::Address => &[
            ("city", "München"),
            ("country_code", "DE"),
            ("post_code", "80331"),
            ("state", "Bayern"),
            ("street_line1", "Straße \"Hof\" 1\\2"),
            ("street_line2", "c/o Müller\nHinterhaus"),
        ],
        _ => &[("document_no", "№ 12-34/Ä 😀"), ("expiry_date", "")],
    };
    let fields: BTreeMap<_, _> = fields.iter().copied().collect();
    serde_json::to_string(&fields).unwrap_or_default()
}

/// Bytes that begin with a label, as far as there is room; no two labels have the same.
fn bytes(label: &str, length: usize) -> Vec<u8> {
    let count = (0..length).map(|at| (at ^ at >> 7 ^ at >> 15) as u8);
    let mut bytes: Vec<u8> = count.collect();
    for (byte, letter) in bytes.iter_mut().zip(label.bytes()) {
        *byte ^= letter;
    }
    if let ([only], [.., last]) = (bytes.as_mut_slice(), label.as_bytes()) {
        *only = *last;
    }
    bytes
}

/// Around the blocks of the cipher, of the hashes and of the parts of an upload.
const LENGTHS: [usize; 13] = [
    1, 15, 16, 17, 63, 64, 65, 991, 992, 1024, 32_736, 65_537, 100_000,
];
