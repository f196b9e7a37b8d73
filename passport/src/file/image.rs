//! What a file looks like: a report, not a refusal.
//!
//! The server cannot see the content of a file, so it may be anything. The clients send JPEG of a
//! certain size; whether a file that is not so will do is for the service to say.
//!
//! Only the header is looked at. Nothing is decoded, so a report does not say that a picture can be
//! shown, or that a picture is all that is in the file: who shows it needs a decoder made for files
//! of strangers.
//!
//! Source: protocol reference, section 10.1 (content); ITU-T T.81, annex B (markers of JPEG).

use core::fmt;

/// The most bytes that a file should have: 10 MiB, the limit of Telegram Desktop.
pub const MAX_IMAGE_LENGTH: u64 = 10 * 1024 * 1024;

/// The most pixels that the longest side should have, to which the clients scale.
pub const MAX_IMAGE_SIDE: u16 = 2048;

/// What a file looks like by its first bytes and its length.
///
/// ```
/// use telegram_passport::file::{ImageFinding, ImageFormat, ImageReport};
///
/// let report = ImageReport::of(b"%PDF-1.7\n");
/// assert_eq!(report.format(), ImageFormat::Pdf);
/// let findings: Vec<_> = report.findings().collect();
/// assert_eq!(findings, [ImageFinding::NotJpeg(ImageFormat::Pdf)]);
/// assert_eq!(findings[0].to_string(), "the file is a PDF document, not a JPEG image");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageReport {
    format: ImageFormat,
    size: Option<ImageSize>,
    length: u64,
}

impl ImageReport {
    /// Looks at a whole file: plaintext whose hash has been verified.
    #[must_use]
    pub fn of(file: &[u8]) -> Self {
        Self::of_start(file, file.len() as u64)
    }

    /// Looks at the start of a file of `length` bytes, for files that are not held in memory.
    ///
    /// 256 KiB tell the size of nearly every JPEG. Some carry more than that in front of it, such as
    /// previews and colour profiles; [`size`](Self::size) is none then.
    #[must_use]
    pub fn of_start(start: &[u8], length: u64) -> Self {
        let format = ImageFormat::of(start);
        let size = match format {
            ImageFormat::Jpeg => jpeg_size(start),
            _ => None,
        };
        Self {
            format,
            size,
            length,
        }
    }

    /// What the first bytes say that it is.
    #[must_use]
    pub const fn format(&self) -> ImageFormat {
        self.format
    }

    /// Whether it begins as a JPEG does.
    #[must_use]
    pub const fn is_jpeg(&self) -> bool {
        matches!(self.format, ImageFormat::Jpeg)
    }

    /// Width and height by the frame header of a JPEG; none if that is missing, broken, says zero,
    /// or lies behind the start that was looked at. None for other formats.
    #[must_use]
    pub const fn size(&self) -> Option<ImageSize> {
        self.size
    }

    /// Length of the file in bytes.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// What is unlike the files that the official clients send; nothing, if all is as it should be.
    pub fn findings(&self) -> impl Iterator<Item = ImageFinding> + use<> {
        let Self {
            format,
            size,
            length,
        } = *self;
        let side = size.map(ImageSize::longest_side);
        [
            (!self.is_jpeg()).then_some(ImageFinding::NotJpeg(format)),
            (self.is_jpeg() && size.is_none()).then_some(ImageFinding::NoSize),
            (length > MAX_IMAGE_LENGTH).then_some(ImageFinding::TooLong { length }),
            side.filter(|&side| side > MAX_IMAGE_SIDE)
                .map(|side| ImageFinding::TooLarge { side }),
        ]
        .into_iter()
        .flatten()
    }
}

/// Width and height in pixels, at least 1 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageSize {
    width: u16,
    height: u16,
}

impl ImageSize {
    /// Width in pixels.
    #[must_use]
    pub const fn width(self) -> u16 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(self) -> u16 {
        self.height
    }

    /// The greater of both.
    #[must_use]
    pub fn longest_side(self) -> u16 {
        self.width.max(self.height)
    }
}

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFormat {
    /// A JPEG image, as it should be.
    Jpeg,
    /// A PNG image.
    Png,
    /// A PDF document.
    Pdf,
    /// A HEIC or HEIF image, as phones make them.
    Heic,
    /// Nothing at all: the file is empty.
    Empty,
    /// None of these.
    Other,
}

impl ImageFormat {
    /// By the first 12 bytes.
    fn of(start: &[u8]) -> Self {
        match start {
            [] => Self::Empty,
            [0xff, SOI, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..]
                if HEIF_BRANDS.contains(&&[*a, *b, *c, *d]) =>
            {
                Self::Heic
            }
            _ => Self::Other,
        }
    }
}

impl fmt::Display for ImageFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "a JPEG image",
            Self::Png => "a PNG image",
            Self::Pdf => "a PDF document",
            Self::Heic => "a HEIC image",
            Self::Empty => "empty",
            Self::Other => "of an unknown format",
        })
    }
}

/// In what a file is unlike those that the official clients send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFinding {
    /// Not a JPEG.
    NotJpeg(ImageFormat),
    /// Begins as a JPEG, but its width and height were not found.
    NoSize,
    /// More bytes than [`MAX_IMAGE_LENGTH`].
    TooLong {
        /// Length of the file in bytes.
        length: u64,
    },
    /// The longest side has more pixels than [`MAX_IMAGE_SIDE`].
    TooLarge {
        /// The longest side in pixels.
        side: u16,
    },
}

impl fmt::Display for ImageFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJpeg(format) => write!(f, "the file is {format}, not a JPEG image"),
            Self::NoSize => f.write_str("the JPEG image tells no width and height"),
            Self::TooLong { length } => write!(
                f,
                "the file has {length} bytes, more than the {MAX_IMAGE_LENGTH} that clients send"
            ),
            Self::TooLarge { side } => write!(
                f,
                "the longest side of the image has {side} pixels, more than the {MAX_IMAGE_SIDE} that clients send"
            ),
        }
    }
}

/// Walks the segments of a JPEG up to the frame header, and reads the size from it.
///
/// Every step goes forward by a byte at least, so it ends.
fn jpeg_size(file: &[u8]) -> Option<ImageSize> {
    let mut rest = file.get(2..)?;
    loop {
        let (marker, behind) = next_marker(rest)?;
        match marker {
            // No length follows these.
            TEM | RST0..=RST7 => rest = behind,
            // Tables, though their markers lie among those of frames.
            DHT | JPG | DAC => rest = behind_segment(behind)?,
            SOF0..=SOF15 => return frame_size(behind),
            // There is no frame header behind these, or this is no marker.
            0 | SOI | EOI | SOS => return None,
            _ => rest = behind_segment(behind)?,
        }
    }
}

/// A marker is a byte behind one or more 0xff.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [0xff, rest @ ..] = bytes else {
        return None;
    };
    let at = rest.iter().position(|&byte| byte != 0xff)?;
    let (_, from) = rest.split_at_checked(at)?;
    from.split_first().map(|(&marker, behind)| (marker, behind))
}

/// The length of a segment, big endian, counts itself.
fn behind_segment(bytes: &[u8]) -> Option<&[u8]> {
    let length = u16::from_be_bytes(*bytes.first_chunk()?);
    if length < 2 {
        return None;
    }
    bytes.get(usize::from(length)..)
}

/// The frame header: length, precision, height, width. A height of zero would be told later, behind
/// the first scan.
fn frame_size(bytes: &[u8]) -> Option<ImageSize> {
    let [l1, l2, _, h1, h2, w1, w2, ..] = *bytes else {
        return None;
    };
    // These seven bytes, the number of components and three bytes for one at least.
    let long_enough = u16::from_be_bytes([l1, l2]) >= 11;
    let height = u16::from_be_bytes([h1, h2]);
    let width = u16::from_be_bytes([w1, w2]);
    (long_enough && width > 0 && height > 0).then_some(ImageSize { width, height })
}

const TEM: u8 = 0x01;
const SOF0: u8 = 0xc0;
const DHT: u8 = 0xc4;
const JPG: u8 = 0xc8;
const DAC: u8 = 0xcc;
const SOF15: u8 = 0xcf;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;

/// Major brands of HEIF files, of one picture or of several.
const HEIF_BRANDS: &[&[u8; 4]] = &[
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
];
