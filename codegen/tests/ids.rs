//! Ids and the texts that they are checksums of. Expected values are those of the protocol
//! reference, section 2.4, of the original parser, or of another program's CRC32.

use tl_schema_codegen::ids::{Dialect, compute, normal_form};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::Definition;

/// The anchors of the reference that are the same in both dialects.
#[test]
fn anchors() {
    for (text, id) in [
        ("int ? = Int;", 0xa850_9bda),
        ("long ? = Long;", 0x2207_6cba),
        ("double ? = Double;", 0x2210_c154),
        ("string ? = String;", 0xb528_6e24),
        ("vector {t:Type} # [ t ] = Vector t;", 0x1cb5_c415),
        ("boolTrue = Bool;", 0x9972_75b5),
        ("boolFalse = Bool;", 0xbc79_9737),
        ("true = True;", 0x3fed_d339),
        (
            "user id:int first_name:string last_name:string = User;",
            0xd23c_81a3,
        ),
        ("getUsers (Vector int) = Vector User;", 0x2d84_d5f5),
        (
            "invokeWithLayer {X:Type} layer:int query:!X = X;",
            0xda9b_0d0d,
        ),
        (
            "rpc_answer_dropped msg_id:long seq_no:int bytes:int = RpcDropAnswer;",
            0xa43a_d8b7,
        ),
        (
            "account.deleteSecureValue types:Vector<SecureValueType> = Bool;",
            0xb880_bc4b,
        ),
    ] {
        assert_id(text, Dialect::Server, id);
        assert_id(text, Dialect::Reference, id);
    }
}

/// `?true` vanishes; `bytes` becomes `string`, though not inside a vector.
#[test]
fn anchors_of_the_server() {
    for (text, id) in [
        (
            "inputMessagesFilterPhoneCalls flags:# missed:flags.0?true = MessagesFilter;",
            0x80c9_9768,
        ),
        (
            "secureValueErrorFiles type:SecureValueType file_hash:Vector<bytes> text:string \
             = SecureValueError;",
            0x6662_20e9,
        ),
        (
            "secureValueError type:SecureValueType hash:bytes text:string = SecureValueError;",
            0x869d_758f,
        ),
        (
            "secureData data:bytes data_hash:bytes secret:bytes = SecureData;",
            0x8aea_bec3,
        ),
    ] {
        assert_id(text, Dialect::Server, id);
    }
}

/// Nothing is replaced.
#[test]
fn anchors_of_the_original_parser() {
    for (text, id) in [
        (
            "ipPortSecret ipv4:int port:int secret:bytes = IpPort;",
            0x3798_2646,
        ),
        (
            "inputMessagesFilterPhoneCalls flags:# missed:flags.0?true = MessagesFilter;",
            0x657b_85bd,
        ),
        ("int128 4*[ int ] = Int128;", 0x84cc_f7b7),
        ("pub.unenc data:bytes = PublicKey;", 0xb61f_450a),
        (
            "adnl.message.query query_id:int256 query:bytes = adnl.Message;",
            0xb48b_f97a,
        ),
        (
            "dht.nodes nodes:(vector dht.node) = dht.Nodes;",
            0x7974_a0be,
        ),
        (
            "testVectorBytes value:(vector bytes) = TestObject;",
            0x4b8b_1bd3,
        ),
    ] {
        assert_id(text, Dialect::Reference, id);
    }
}

/// Layout, comments, the id itself and the spelling of type arguments do not count.
#[test]
fn what_does_not_count() {
    for text in [
        "a list:vector<int> other:T = A;",
        "a#12345678 list:(vector int) other:(T) = A;",
        "a // of which\n  list : vector < int >\n\n  /* and */ other:T\n  = A ;",
    ] {
        let normal = "a list:vector int other:T = A";
        assert_eq!(of(text, |it| normal_form(it, Dialect::Server)), normal);
        assert_eq!(of(text, |it| normal_form(it, Dialect::Reference)), normal);
    }
}

#[test]
fn normal_forms() {
    for (text, server, reference) in [
        (
            "a flags:# b:flags.0?true c:flags.1?bytes d:flags.2?Vector<bytes> = A;",
            "a flags:# c:flags.1?string d:flags.2?Vector bytes = A",
            "a flags:# b:flags.0?true c:flags.1?bytes d:flags.2?Vector bytes = A",
        ),
        // A field by that name is none of that type, and `true` may stand without a condition.
        (
            "a bytes:int true:string x:true = A;",
            "a bytes:int true:string x:true = A",
            "a bytes:int true:string x:true = A",
        ),
        (
            "a b:%Item c:4*[ int ] d:%bytes = A;",
            "a b:%Item c:4*[ int ] d:%bytes = A",
            "a b:%Item c:4*[ int ] d:%bytes = A",
        ),
        (
            "a m:Vector<Vector<bytes>> = A;",
            "a m:Vector Vector bytes = A",
            "a m:Vector Vector bytes = A",
        ),
        (
            "f {X:Type} {Y:Type} q:!X = X;",
            "f X:Type Y:Type q:!X = X",
            "f X:Type Y:Type q:!X = X",
        ),
        ("a bytes = A;", "a bytes = A", "a bytes = A"),
        (
            "bytes data:string = Bytes;",
            "bytes data:string = Bytes",
            "bytes data:string = Bytes",
        ),
        (
            "a mode:# b:mode.12?int = A;",
            "a mode:# b:mode.12?int = A",
            "a mode:# b:mode.12?int = A",
        ),
    ] {
        assert_eq!(of(text, |it| normal_form(it, Dialect::Server)), server);
        assert_eq!(
            of(text, |it| normal_form(it, Dialect::Reference)),
            reference
        );
    }
}

/// Texts of every length modulo the four bytes that are hashed at once.
#[test]
fn checksums_of_any_length() {
    for (text, id) in [
        ("a = A;", crc(b"a = A")),
        ("ab = A;", crc(b"ab = A")),
        ("abc = A;", crc(b"abc = A")),
        ("abcd = A;", crc(b"abcd = A")),
        ("abcde = A;", crc(b"abcde = A")),
    ] {
        assert_id(text, Dialect::Server, id);
    }
    // The check value by which CRC32s are told apart.
    assert_eq!(crc(b"123456789"), 0xcbf4_3926);
}

/// CRC32 by its definition, a bit at a time.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !crc
}

#[track_caller]
fn assert_id(text: &str, dialect: Dialect, id: u32) {
    let computed = of(text, |it| compute(it, dialect));
    assert_eq!(computed, id, "{text} in {dialect:?}: {computed:08x}");
}

/// What is made of the only definition of a text.
#[track_caller]
fn of<T>(text: &str, make: impl FnOnce(&Definition<'_>) -> T) -> T {
    let source = Source::new("test.tl", text);
    let (tree, diagnostics) = parse(&source, 0);
    assert_eq!(
        diagnostics.errors(),
        0,
        "{}",
        diagnostics.render(&[&source])
    );
    let mut definitions = tree.definitions().map(|(_, it)| it);
    match (definitions.next(), definitions.next()) {
        (Some(definition), None) => make(definition),
        _ => panic!("{text} is not one definition"),
    }
}
