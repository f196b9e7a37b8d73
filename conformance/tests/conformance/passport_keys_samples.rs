//! Keys of all kinds, and what is needed to make broken ones.

use base64ct::{Base64, Encoding};
use conformance::vectors;

/// The first key of `pem.json`, which is PKCS#1.
pub(crate) fn good() -> String {
    let text = &vectors::file("pem").test_groups[0].tests[0]["pem"];
    text.as_str().expect("it is text").to_owned()
}

pub(crate) fn good_der() -> Vec<u8> {
    let base64: String = good()
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    Base64::decode_vec(&base64).expect("it is base64")
}

pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let base64 = Base64::encode_string(der);
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

pub(crate) fn pkcs1(numbers: &[&[u8]]) -> Vec<u8> {
    let numbers = numbers.iter().map(|number| integer(number));
    sequence(&[vec![integer(&[0])], numbers.collect()].concat())
}

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der(0x30, &parts.concat())
}

pub(crate) fn integer(number: &[u8]) -> Vec<u8> {
    match number.first() {
        Some(0x80..) => der(2, &[&[0], number].concat()),
        _ => der(2, number),
    }
}

pub(crate) fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len())
        .expect("it is short")
        .to_be_bytes();
    let head: &[u8] = match length {
        [0, short @ ..=0x7f] => &[tag, short],
        [0, long] => &[tag, 0x81, long],
        [high, low] => &[tag, 0x82, high, low],
    };
    [head, content].concat()
}

pub(crate) fn small_key(bits: u32) -> &'static str {
    match bits {
        1024 => SMALL_1024,
        768 => SMALL_768,
        _ => SMALL_576,
    }
}

/// `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`
pub(crate) const EC: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPtDrMvL+bDQ7xmq/
2JJv9r/BzSaI88lq63+1xTCn7I2hRANCAASB+6z945FaiPdkypo31/ZwihGJkuBB
EHRmBXAFtDNMVVVr/v3ArbBEHa+BGxoLfcfnjxPFNb3+Nzbg9XlESE9x
-----END PRIVATE KEY-----
";

/// `openssl ecparam -name prime256v1 -genkey`
pub(crate) const EC_SEC1: &str = "\
-----BEGIN EC PARAMETERS-----
BggqhkjOPQMBBw==
-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIMb4GblZkJU60/whzLh7S2hArV+ilKZM8MACEGV9ijVXoAoGCCqGSM49
AwEHoUQDQgAEVqRmYR9fIXF07YV/XNoWIGJPro3ZrnD/p8FcyDEcnrWgxS+p105W
nfKME3mkGIgtY/zOVUuVdNWji3Mc2JbVqQ==
-----END EC PRIVATE KEY-----
";

/// `openssl pkey -pubout` of the first.
pub(crate) const EC_PUBLIC: &str = "\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgfus/eORWoj3ZMqaN9f2cIoRiZLg
QRB0ZgVwBbQzTFVVa/79wK2wRB2vgRsaC33H548TxTW9/jc24PV5REhPcQ==
-----END PUBLIC KEY-----
";

/// `openssl genpkey -algorithm ed25519`
pub(crate) const ED25519: &str = "\
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIbxfAoscAOg5pevWHMeuDmkyarYNNJr3qVAvPdHRcqg
-----END PRIVATE KEY-----
";

/// The head of what `openssl genrsa -traditional -aes128` writes.
pub(crate) const ENCRYPTED_PKCS1: &str = "\
-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,C2F6D1F5D0E4E4A7B4D0A2B9E6E2C1F0

AAAA
-----END RSA PRIVATE KEY-----
";

/// `openssl genrsa -traditional 1024`
pub(crate) const SMALL_1024: &str = "\
-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDNlddruUJgoJaLiNjovC/LTkd5t0FfuKaAotXOP0HXiM90HF4r
EyzouM8B2otxJ6Koyo+j/d5jJywLKwmVMB0EARuEkt86UXicnyS5wqN0CsaXz1aH
AZPLw6gWJ+XOhhSu96PM2weP49LhhK5zMbaIOqDu7l+PJUROoo5ECQ2NOwIDAQAB
AoGAHX8hQGB9SJXh47VHweS2Sso5cRo88/nvUceLO6NR1BXaBgPH8xA2QlG5yb9M
gHi6WtNtVo8nKDzHkfaj0lbr4pQ18Onrtkwm2//y3oGEtC/aGWFlADPYUo3ToYfF
RrqkjgAyIjmDfUWgcd2Luhc3rIsGcp/zQWdpcN+HhtD53/kCQQD1oddVFWRzmZAs
B0YR6OQbr+wVk1t9fFjDyl1caP/bsMiyEWtDBkz9vSWGkNt67keECLAvec2vUnNv
NbO0szN3AkEA1kNG7qeNgWHqsglR65yKa1ZYNkfgmJP3lTgnnkx3+3Wo/omFg3wb
ovtr12mItt7NSTQXsZZpUGe7+VFd6/O9XQJBAOl9GyyEtkTwr0w66c9yewsakib8
ORaykcojXdXO9Y+Gn3AtALHoll0IZFhi8E8Nm6uVeqzWcr96d8I54QYe5gcCQQCq
sTonElCHDGyenRIoM7OKQ2VPCQACTY7lz7CwSZckOt4Auaolz49szgNhvu9tUB4W
/WsKzRrlNV7pBktel/T5AkEAwuaL4HHuYjdGm7wzonv7+75GCgBUHGn3XC91MWmT
YLK3jdR4sBVV1ZRPWUIvdc1VyI/7bgSeceKzIJi3W3wWlQ==
-----END RSA PRIVATE KEY-----
";

/// `openssl genrsa -traditional 768`
pub(crate) const SMALL_768: &str = "\
-----BEGIN RSA PRIVATE KEY-----
MIIBygIBAAJhAOHizOTj6mQseNlywEWEN9+QKYj13kGk2NQpL/v8H1fZcv7fUMhc
/UGVGZq+Wd2r8RJYAiYCYyZciFvNCCZPhLHD+R2PfKRdeSEEBmC+tx92O2wI6RJG
C8nccEOvmoKucQIDAQABAmBllnyTjDUD7ERFdyglm3sNXmZvpDPazep+MC/WYeMu
vSrMmV5ZXgjAD/A9+dGssgCW5OBUeMkojaP34qh0GKdjfyjOVo7KpoGQfrLcOiEd
SuHL7ME2bfmnDLkkxAwjF8kCMQD2VY/NA+KxmKgrRMn55xZDbSPKQ4cnTZaggf+4
RZRQSa+8jscNjRvcaSRxIl1eERcCMQDqv9Wum3i22xRFznjLe/GZlr1OKQzgiS+w
61YJYPX/Ge58b4JZXLZrebjL9SnDobcCMQC3TuqItKiAYkpakIEAv28408G7ZU7w
93LslHC4Lsb0jDEDTvhfZC9kcLWWnuz98BcCMAayvpgi24jsK2HqiEvWF4i4YmJu
jW2CvJehv2y5FYvX45QtYlzGZnYenQVE05I/dQIwROt6WUZc7Ehw+7Bh70u3kkCa
fnwSdnHOD54WXk5ow7smIyK0T7ADV9gKwfNbEnmn
-----END RSA PRIVATE KEY-----
";

/// `openssl genrsa -traditional 576`
pub(crate) const SMALL_576: &str = "\
-----BEGIN RSA PRIVATE KEY-----
MIIBXwIBAAJJAPZqp0KEoQbnJX6WaEz30I2LZZY/HPUe+oK2J7V0rCJFmrnfp43W
jxE9n5ycry5LS25b5yk+l/21UNFfavLvZ+bSFtuxdketbQIDAQABAkgUeRX+c9CB
J1E5LDvsMSa1q+A71HCOeQ1tML8p11C55DiPuuIiLWGEXomeWmRcAQFc/88t881O
EwXgtU5NcRGL2R+mtFpKCcECJQD8ODmUKBdlpoTJgpm4UDJCp/q7SbOPKwiw6SOi
qDk+RI4qEN0CJQD6HCl+ZeHg7Cov388AapNjyrIL0eAgoHjiYJWPZ27CnVVEfdEC
JCGmvsftsXF2jjD0o93blVkfYGysoLBxZW91K7QADeMo8m7aYQIlAOfxwAVJJJ27
RjBZpRWkwIUWD+HoQ6reRtzhZzGzYUM4N0AqUQIlAPdggY1V9Z8LBIfsCq4yuCG/
mu4Li8epezBwN6WaG2i+5ayp8g==
-----END RSA PRIVATE KEY-----
";
