//! Which schemas there are to try, and what is known of them beforehand.

use tl_schema_codegen::ids::Dialect;

/// Files that make up one schema.
pub(super) struct Corpus {
    /// Also the name of the crate that is generated from it, and of its rows in the list of ids.
    pub(super) name: &'static str,
    /// The package that it comes in.
    pub(super) package: Package,
    /// Its files below the package.
    pub(super) files: &'static [&'static str],
    pub(super) dialect: Dialect,
    /// Definitions whose published text is not the one that their id was computed from.
    pub(super) exceptions: &'static [&'static str],
    /// Types that the files use without declaring them.
    pub(super) any: &'static [&'static str],
    /// How many definitions others count in it, if that is known.
    pub(super) definitions: Option<usize>,
}

/// A package of a registry, by name and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Package {
    /// crates.io
    Crate(&'static str, &'static str),
    /// A source package of PyPI, with its SHA-256.
    PyPi(&'static str, &'static str, &'static str),
}

pub(super) const CATALOGUE: &[Corpus] = &[
    // Numbers of definitions: protocol reference 2.1 for layer 230, the list of ids for TON.
    api("api_109", LAYER_109, None),
    api("api_166", LAYER_166, None),
    api("api_222", LAYER_222, None),
    api("api_230", LAYER_230, Some(2554)),
    mtproto("mtproto_109", LAYER_109, None),
    mtproto("mtproto_166", LAYER_166, None),
    mtproto("mtproto_222", LAYER_222, None),
    mtproto("mtproto_230", LAYER_230, Some(51 + 15)),
    Corpus {
        name: "td_api",
        package: Package::Crate("tdlib-rs", "1.4.0"),
        files: &["tl/api.tl"],
        dialect: Dialect::Reference,
        exceptions: &[],
        any: &[],
        definitions: Some(2950),
    },
    ton(
        "ton_api",
        &["pytoniq_core/tl/schemas/ton_api.tl"],
        &[
            "tonNode.capabilities",
            "db.block.info",
            "collatorNode.pong",
            "consensus.broadcastExtraLegacy",
        ],
        672,
    ),
    ton(
        "lite_api",
        &["pytoniq_core/tl/schemas/lite_api.tl"],
        &[
            "liteServer.transactionId",
            "liteServer.signatureSet.ordinary",
            "liteServer.getValidatorStats",
        ],
        101,
    ),
    ton(
        "tonlib_api",
        &["pytoniq_core/tl/schemas/tonlib_api.tl"],
        &[],
        234,
    ),
    Corpus {
        name: "everscale",
        package: Package::Crate("everscale-network", "0.5.5"),
        files: &["src/scheme.tl"],
        dialect: Dialect::Reference,
        exceptions: &[],
        any: &[],
        definitions: None,
    },
    Corpus {
        name: "pyrogram",
        package: Package::PyPi(
            "Pyrogram",
            "2.0.106",
            "30202995758fcb6e0f91224704ab7fedefea454297724bd70a6a71a23748c16f",
        ),
        files: &[
            "compiler/api/source/auth_key.tl",
            "compiler/api/source/sys_msgs.tl",
            "compiler/api/source/main_api.tl",
        ],
        dialect: Dialect::Server,
        exceptions: MTPROTO_EXCEPTIONS,
        // Its definition is commented out: the Python code around it is written by hand.
        any: &["FutureSalts"],
        definitions: None,
    },
];

/// The layers are those of the package's `api.tl`.
pub(super) const LAYER_109: Package = Package::Crate("grammers-tl-types", "0.1.0");
pub(super) const LAYER_166: Package = Package::Crate("grammers-tl-types", "0.5.0");
pub(super) const LAYER_222: Package = Package::Crate("grammers-tl-types", "0.9.0");
pub(super) const LAYER_230: Package = Package::Crate("grammers-tl-types", "0.11.0");

/// The first stays `bytes` where ids are computed; of the others, the text that was hashed is not
/// known (protocol reference 2.4).
const MTPROTO_EXCEPTIONS: &[&str] = &["ipPortSecret", "accessPointRule", "help.configSimple"];

const fn api(name: &'static str, package: Package, definitions: Option<usize>) -> Corpus {
    let files = &["tl/api.tl"];
    let dialect = Dialect::Server;
    Corpus {
        name,
        package,
        files,
        dialect,
        exceptions: &[],
        any: &[],
        definitions,
    }
}

const fn mtproto(name: &'static str, package: Package, definitions: Option<usize>) -> Corpus {
    let files = &["tl/mtproto.tl"];
    Corpus {
        files,
        exceptions: MTPROTO_EXCEPTIONS,
        ..api(name, package, definitions)
    }
}

const fn ton(
    name: &'static str,
    files: &'static [&'static str],
    exceptions: &'static [&'static str],
    definitions: usize,
) -> Corpus {
    let package = Package::PyPi(
        "pytoniq-core",
        "0.2.1",
        "00b802d74dfb03bbc7d6cf994087e6ba287c6718d124ebe91b2e8ad2d2a83d75",
    );
    let (dialect, definitions) = (Dialect::Reference, Some(definitions));
    Corpus {
        name,
        package,
        files,
        dialect,
        exceptions,
        any: &[],
        definitions,
    }
}
