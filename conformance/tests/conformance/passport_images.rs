//! The report on what a file looks like.

use std::fs;
use std::path::Path;

use conformance::random::for_each;
use proptest::prelude::*;
use telegram_passport::file::{ImageFinding, ImageFormat, ImageReport};

use super::snapshots::snapshot;

/// A frame header of one component: 100 pixels wide, 50 high.
const FRAME: &[u8] = &[0xff, 0xc0, 0, 11, 8, 0, 50, 0, 100, 1, 1, 0x11, 0];

/// Pictures that Pillow made, see `vectors/generators/images.py`; their names tell their size.
#[test]
fn pictures_of_another_maker() {
    for (name, format, size) in [
        (
            "image_24x16_baseline.jpg",
            ImageFormat::Jpeg,
            Some((24, 16)),
        ),
        (
            "image_7x300_progressive.jpg",
            ImageFormat::Jpeg,
            Some((7, 300)),
        ),
        ("image_2x3.png", ImageFormat::Png, None),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("vectors/files")
            .join(name);
        let file = fs::read(path).expect("the file is committed");
        let report = ImageReport::of(&file);
        assert_eq!((report.format(), pixels(&report)), (format, size), "{name}");
        assert_eq!(report.length(), file.len() as u64);
        let expected: &[_] = match size {
            Some(_) => &[],
            None => &[ImageFinding::NotJpeg(format)],
        };
        assert_eq!(report.findings().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn formats_by_their_first_bytes() {
    for (start, format) in [
        (&b""[..], ImageFormat::Empty),
        (b"\xff\xd8\xff", ImageFormat::Jpeg),
        (b"\xff\xd8", ImageFormat::Other),
        (b"\xff\xd8\x00", ImageFormat::Other),
        (b"\xd8\xff\xff", ImageFormat::Other),
        (b"\x89PNG\r\n\x1a\n", ImageFormat::Png),
        (b"\x89PNG\r\n\x1a", ImageFormat::Other),
        (b"\x89PNG\n\x1a\n\0", ImageFormat::Other),
        (b"%PDF-2.0", ImageFormat::Pdf),
        (b"%PDF", ImageFormat::Other),
        (b"\0\0\0\x18ftypheic", ImageFormat::Heic),
        (b"\0\0\0\x1cftypmif1\0", ImageFormat::Heic),
        (b"\0\0\0\x18ftyphei", ImageFormat::Other),
        (b"\0\0\0\x18ftypisom", ImageFormat::Other),
        (b"GIF89a", ImageFormat::Other),
        (b"\0", ImageFormat::Other),
    ] {
        let report = ImageReport::of(start);
        assert_eq!(report.format(), format, "{start:?}");
        assert_eq!(report.is_jpeg(), format == ImageFormat::Jpeg);
        assert_eq!(report.size(), None);
    }
}

/// What may stand in front of a frame header, and what may not.
#[test]
fn segments_in_front_of_the_frame() {
    let size = Some((100, 50));
    let long = [&[0xff, 0xe1, 0xff, 0xff][..], &[0xff; 65_533]].concat();
    for (before, expected) in [
        (&[][..], size),
        // An application's segment, empty or with what looks like a frame header of 1 x 1.
        (&[0xff, 0xe0, 0, 2], size),
        (
            &[
                0xff, 0xe1, 0, 15, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0,
            ],
            size,
        ),
        (&long, size),
        // Fill bytes, a restart marker, tables of three kinds.
        (&[0xff, 0xff, 0xff, 0xff], size),
        (&[0xff, 0x01, 0xff, 0xd0, 0xff, 0xd7], size),
        (
            &[
                0xff, 0xc4, 0, 3, 0, 0xff, 0xc8, 0, 2, 0xff, 0xcc, 0, 4, 1, 2,
            ],
            size,
        ),
        (&[0xff, 0xdb, 0, 3, 0, 0xff, 0xfe, 0, 3, b'!'], size),
        // A length of less than itself, of more than there is, garbage between segments.
        (&[0xff, 0xe0, 0, 0], None),
        (&[0xff, 0xe0, 0, 1], None),
        (&[0xff, 0xe0, 0xff, 0xff], None),
        (&[0], None),
        (&[0xff, 0xe0, 0, 2, 0], None),
        (&[0xff, 0, 0, 2], None),
        // Another start, the end, a scan.
        (&[0xff, 0xd8], None),
        (&[0xff, 0xd9], None),
        (&[0xff, 0xda, 0, 2], None),
    ] {
        let file = [&[0xff, 0xd8], before, FRAME].concat();
        let report = ImageReport::of(&file);
        assert_eq!(
            pixels(&report),
            expected,
            "{:?}",
            before.get(..20).unwrap_or(before)
        );
        assert_eq!(report.findings().count(), usize::from(expected.is_none()));
    }
}

#[test]
fn frames_of_all_kinds() {
    for marker in 0xc0..=0xcf {
        let expected = (![0xc4, 0xc8, 0xcc].contains(&marker)).then_some((100, 50));
        let mut file = [&[0xff, 0xd8], FRAME].concat();
        file[3] = marker;
        assert_eq!(pixels(&ImageReport::of(&file)), expected, "{marker:x}");
    }
    for (at, value) in [(5, 10), (8, 0), (10, 0)] {
        let mut file = [&[0xff, 0xd8], FRAME].concat();
        file[at] = value;
        assert_eq!(
            ImageReport::of(&file).size(),
            None,
            "length, height or width"
        );
    }
}

#[test]
fn sides_and_lengths_at_their_edge() {
    let with = |width: u16, height: u16, length| {
        let mut file = [&[0xff, 0xd8], FRAME].concat();
        file[7..9].copy_from_slice(&height.to_be_bytes());
        file[9..11].copy_from_slice(&width.to_be_bytes());
        ImageReport::of_start(&file, length)
    };
    let large = |side| vec![ImageFinding::TooLarge { side }];
    for (width, height, expected) in [
        (1, 1, vec![]),
        (2048, 2048, vec![]),
        (2049, 1, large(2049)),
        (1, 2049, large(2049)),
        (3000, 4000, large(4000)),
        (65_535, 65_535, large(65_535)),
    ] {
        let report = with(width, height, 1000);
        assert_eq!(pixels(&report), Some((width, height)));
        assert_eq!(report.findings().collect::<Vec<_>>(), expected);
    }
    assert_eq!(with(1, 1, 10_485_760).findings().count(), 0);
    for length in [10_485_761, u64::MAX] {
        let found: Vec<_> = with(1, 1, length).findings().collect();
        assert_eq!(found, [ImageFinding::TooLong { length }]);
    }
}

#[test]
fn messages_of_images() {
    let findings = [
        ImageFinding::NotJpeg(ImageFormat::Png),
        ImageFinding::NotJpeg(ImageFormat::Pdf),
        ImageFinding::NotJpeg(ImageFormat::Heic),
        ImageFinding::NotJpeg(ImageFormat::Empty),
        ImageFinding::NotJpeg(ImageFormat::Other),
        ImageFinding::NoSize,
        ImageFinding::TooLong { length: 10_485_761 },
        ImageFinding::TooLarge { side: 2049 },
    ];
    let text: String = findings.iter().map(|it| format!("{it}\n")).collect();
    snapshot("passport", "messages_of_images", &text);
}

/// However much of a file is seen, it tells the size or none, never another one.
#[test]
fn every_start_of_a_file() {
    let file = [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff], FRAME].concat();
    for length in 0..=file.len() {
        let report = ImageReport::of_start(&file[..length], 99);
        // The header's last fields, the components, are not needed.
        let expected = (length >= file.len() - 4).then_some((100, 50));
        assert_eq!(pixels(&report), expected, "{length}");
        assert_eq!(report.length(), 99);
    }
}

#[test]
fn any_bytes_get_a_report() {
    let byte = prop::sample::select(&[0xff, 0xc0, 0xc4, 0xda, 0xe0, 0xd0, 0, 1, 2, 3, 8, 16][..]);
    for_each(2048, prop::collection::vec(byte, 0..64), |bytes| {
        let file = [&[0xff, 0xd8, 0xff], &*bytes].concat();
        let report = ImageReport::of(&file);
        prop_assert!(report.is_jpeg());
        if let Some((width, height)) = pixels(&report) {
            // Such a size stands somewhere in the file.
            let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
            prop_assert!(file.windows(4).any(|it| it == size));
        }
        Ok(())
    });
    let fill = vec![0xff; 10 * 1024 * 1024];
    let report = ImageReport::of(&[&[0xff, 0xd8], &*fill].concat());
    assert_eq!(report.size(), None);
}

fn pixels(report: &ImageReport) -> Option<(u16, u16)> {
    report.size().map(|size| (size.width(), size.height()))
}
