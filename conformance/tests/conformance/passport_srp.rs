//! The password check: shared vectors, and the anchors of the protocol reference, section 15.2.

use conformance::vectors::{self, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};
use telegram_passport::client::Password;
use telegram_passport::client::srp::{KdfAlgo, SecretExponent, SrpError};
use telegram_passport_tl::{enums, types};

use super::passport_srp_server::{hex, padded, telegrams_prime};

include!(concat!(env!("OUT_DIR"), "/vectors/srp.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/srp_made.rs"));

fn check(file: &str, tc_id: u32) {
    let (kind, vector) = vectors::one(file, tc_id);
    if let Err(error) = run(&kind, &vector) {
        panic!("{error}");
    }
}

#[test]
fn further_files() {
    vectors::run_further("TelegramSrp", run);
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let (kind, vector) = vectors::one("srp", 2);
    for (field, value) in [
        ("result", json!("invalid")),
        ("M1", vector["u"].clone()),
        ("A", vector["S"].clone()),
    ] {
        let mut wrong = vector.clone();
        wrong[field] = value;
        assert!(run(&kind, &wrong).is_err(), "{field}");
    }
    let (kind, mut vector) = vectors::one("srp", 11);
    vector["result"] = json!("valid");
    assert!(run(&kind, &vector).is_err());
    let (kind, mut vector) = vectors::one("srp", 25);
    vector["v"] = vector["p"].clone();
    assert!(run(&kind, &vector).is_err());
}

fn run(kind: &str, vector: &Value) -> Result<(), String> {
    let outcome = match kind {
        "SrpCheck" => proof(vector),
        "SrpVerifier" => verifier(vector),
        other => return Err(format!("unknown kind {other}")),
    };
    let expected: &[&str] = match kind {
        "SrpCheck" => &["A", "M1"],
        _ => &["v"],
    };
    let verdict = Verdict::deserialize(&vector["result"]).expect("a verdict");
    match (verdict, outcome) {
        (Verdict::Valid, Err(error)) => Err(error.to_string()),
        (Verdict::Invalid, Ok(_)) => Err("was accepted".to_owned()),
        (_, Ok(values)) => {
            let expected: Vec<_> = expected.iter().map(|it| bytes(&vector[it])).collect();
            if values == expected {
                Ok(())
            } else {
                Err(format!("differs: {values:02x?}"))
            }
        }
        (Verdict::Invalid | Verdict::Acceptable, Err(_)) => Ok(()),
    }
}

fn proof(vector: &Value) -> Result<Vec<Vec<u8>>, SrpError> {
    let password = Password::from(text(&vector["password"]));
    let hash = KdfAlgo::check(&algo(vector))?.hash(&password);
    let a = bytes(&vector["a"]).try_into().expect("256 bytes");
    let proof = hash.prove_with(7, &bytes(&vector["srpB"]), &SecretExponent::from_bytes(&a))?;
    assert_eq!(proof.srp_id, 7);
    Ok(vec![proof.a, proof.m1])
}

fn verifier(vector: &Value) -> Result<Vec<Vec<u8>>, SrpError> {
    let password = Password::from(text(&vector["password"]));
    let hash = KdfAlgo::check(&algo(vector))?.hash(&password);
    Ok(vec![hash.verifier().to_vec()])
}

fn algo(vector: &Value) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: bytes(&vector["salt1"]),
        salt2: bytes(&vector["salt2"]),
        g: i32::try_from(vector["g"].as_i64().expect("a number")).expect("small"),
        p: bytes(&vector["p"]),
    }
    .into()
}

/// Vector A.
#[test]
fn anchor_of_gotd() {
    let algo = anchor(GOTD_SALT1, GOTD_SALT2);
    let mut a = [0; 256];
    a[255] = 1;
    let hash = algo.hash(&Password::from("123123"));
    let proof = hash.prove_with(0, &hex(GOTD_B), &SecretExponent::from_bytes(&a));
    let proof = proof.expect("the parameters are sound");
    assert_eq!(proof.a, [&[0; 255][..], &[3]].concat());
    assert_eq!(proof.m1, hex(GOTD_M1));
}

/// Vector B, with the salt as it is and as an earlier test of that project has lengthened it.
#[test]
fn anchor_of_mtcute() {
    let longer = [MTCUTE_SALT1, MTCUTE_SALT1_MORE].concat();
    for (salt1, m1) in [(MTCUTE_SALT1, MTCUTE_M1), (&longer, MTCUTE_M1_OF_LONGER)] {
        let hash = anchor(salt1, MTCUTE_SALT2).hash(&Password::from("qwe123"));
        let a = hex(MTCUTE_A_SECRET).try_into().expect("256 bytes");
        let proof = hash.prove_with(0, &hex(MTCUTE_B), &SecretExponent::from_bytes(&a));
        let proof = proof.expect("the parameters are sound");
        assert_eq!(proof.a, hex(MTCUTE_A));
        assert_eq!(proof.m1, hex(m1));
    }
}

/// Vector C.
#[test]
fn anchor_of_a_new_password() {
    let salt1 = [MTCUTE_SALT1, MTCUTE_SALT1_MORE].concat();
    let hash = anchor(&salt1, MTCUTE_SALT2).hash(&Password::from("123qwe"));
    assert_eq!(hash.verifier().to_vec(), hex(MTCUTE_NEW_PASSWORD_HASH));
}

fn anchor(salt1: &str, salt2: &str) -> KdfAlgo {
    let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: hex(salt1),
        salt2: hex(salt2),
        g: 3,
        p: padded(&telegrams_prime()),
    };
    KdfAlgo::check(&algo.into()).expect("the parameters are sound")
}

fn bytes(value: &Value) -> Vec<u8> {
    hex(text(value))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

const GOTD_SALT1: &str = "\
    4d11fb6bec38f9d2546bb0f61e4f1c99a1bc0db8f0d5f35b1291b37b213123d7 \
    ed48f3c6794d495b";
const GOTD_SALT2: &str = "a1b181aafe88188680ae32860d60bb01";
const GOTD_B: &str = "\
    9c52401a6a8084ec82f01c3725d3fb448bd2f0c909f9d97726eac4b7a74172d9 \
    52f02466be6734fa274d2b7429e27397f10372d66b400b80a5c5ae3f28b17bf3 \
    105d7a2d2a885998cdc2defc208aec217ab58859a9abc2374ad93dc285f4b3fb \
    caff4143d7888f2425bd2fb711b25609ceb21757d935b1ef2f042173ad0ce2fe \
    0e474dac53914bd25a8a9aed4aea8953d55cb88621db37b871ea0d04393ac098 \
    7f68094ccc9de8239251375d8fffd263316cd528c097b7bc9fb919fbedb76c52 \
    5df3413c374ee076d97a1e6d352bb7cc80fd13651b04b32e2e48c5268150842c \
    fd07cf855958b1b5ea9c36fdad697fe3aec8dcc6b1efec36874af226204676cf";
const GOTD_M1: &str = "999df906bda2c6cbb52f503406eba2d0d0503ace0cc302c38f13ee5010ad4051";

const MTCUTE_SALT1: &str = "\
    9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c3 \
    7619537d8ebe749e";
const MTCUTE_SALT1_MORE: &str = "29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8";
const MTCUTE_SALT2: &str = "6c619bb0786dc4ed1bf211d23f6e4065";
const MTCUTE_A_SECRET: &str = "\
    29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8 \
    a990c9b8b980c343936b33fa7f97bae025102532233abb269c489920ef99021b \
    259ce3a2c964c5c8972b4a84ff96f3375a94b535a9468f2896e2080ac7a32ed5 \
    8e910474a4b02415e07671cbb5bdd58a5dd26fd137c4c98b8c346571fae6ead3 \
    9dfd612bd6b480b6723433f5218e9d6e271591153fb3ffefc089f7e848d3f463 \
    3459fff66b33cf939e5655813149fa34be8625f9bc4814d1ee6cf40e4d0de229 \
    1aa22e68c8ad8cc698103734f9aaf79f2bdc052a787a7a9b3629d1ed38750f88 \
    cb0481c0ba30a9c611672f9a4d1dc02637abb4e98913ee810a3b152d3d75f25d";
const MTCUTE_B: &str = "\
    1476a7b5991d7f028bbee33b3455cad3f2cd0eb3737409fcce92fa7d4cd5c733 \
    ec6d2cb3454e587d4c17eda2fd7ef9a57327215f38292cc8bd5dc77d3e1d31cd \
    dae2652f8347c4b0093f7c78242f70e6cc13137ee7acc257a49855a63113db8f \
    163992b9101551f3b6f7eb5d196cee3647c359553b1bcbe82ba8933c0fb1ac35 \
    0243c535b8e634613e1f626ba8a6d141ef957c859e71a117b557c0298bfbb107 \
    c91f71f5b4275fded58289aa1e87c612f44b7aa0b5e0de7def4458f58db80019 \
    d2e7b181eb66dc270374af2d160dd0c53edd677b2701694d71ea8718c49df6a9 \
    dbe2cbae051ffc1986336cd26f11a8ab426dfe0813d7b3f4eedf4e34182ccc3a";
const MTCUTE_A: &str = "\
    363976f55edb57cc5cc0c4aaca9b7539eff98a43a93fa84be34860d18ac3a80f \
    ffd57c4617896ff667677d0552a079eb189d25d147ec96edd4495c946a18652d \
    31d78eede40a8b29da340c19b32ccac78f8482406e392102c03d850d1db87223 \
    2c144bfacadb58856971aafb70ca3aac4efa7f73977ddc50dfc0a2c76c0ac950 \
    728d58b8480fa89c701703855148fadd885aaf1ca313ae3a3b2942de58a9a6fb \
    9e3e65c7ac7a1b7f4e6aa4742b957f81927bd8cc761b76f90229dec34d6f15d3 \
    4fa454aa69d9219d9c5fa3625f5c6f1ac03892a70aa17269c76cd9bf2949a961 \
    fad2a71e5fa961824b32db037130c7e9aad4c1e9f02ebc5b832622f98b59597e";
const MTCUTE_M1: &str = "cd798227ccc2a4d35481326edbcfa5970570cbdbbf8d8804370747e4e3ed7763";
const MTCUTE_M1_OF_LONGER: &str =
    "25a91b21c634ad670a144165a9829192d152e131a716f676abc48cd817f508c6";
const MTCUTE_NEW_PASSWORD_HASH: &str = "\
    2540539ceeffd4543cd845bf319b8392e6b17bf7cf26bafcf6282ce9ae795368 \
    4ff49469c2863b17e6d65ddb16ae6f60bc07cc254c00e5ba389292f6cea0b3aa \
    c459d1d08984d65319df8c5d124042169bbe2ab8c0c93bc7178827f2ea84e7c3 \
    a4f2660099fb6a4c38984c914283d3015278369521a4b81ecf927669b8c89746 \
    ef49ec7b019af7f3addc746362f298d96409bef4677b9c3d8e5b5afe7a44c0bc \
    130ebc7a79b5d5980966d88d3d9eba511b101b0703abd86df7410cd120edad12 \
    2a7a3ccad92d906dbf6f43bba13555bafb626b45551275f3626a4ae26a14908d \
    38d640680e501f52bd08a0e3ff9d9185eebdae890c167459449b2c205b3ecde4";
