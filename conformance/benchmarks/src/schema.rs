//! The front end and the generator over the whole layer, against grammers-tl-parser and
//! grammers-tl-gen.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use grammers_tl_gen::{Config, Outputs, generate_rust_code};
use grammers_tl_parser::tl::Definition;
use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{self, emit};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

use crate::layer;
use crate::report::{against, markdown};

/// Times both ways from text to a checked schema and from there to Rust, taking turns.
pub(crate) fn report(rounds: usize) -> Result<String, Box<dyn Error>> {
    let text = layer::api_tl()?;
    let (ours, theirs) = (generate_ours(&text)?, generate_theirs(&text)?);
    let mut least = [Duration::MAX; 4];
    for _ in 0..rounds {
        let times = [
            elapsed(|| check_ours(&text))?,
            elapsed(|| check_theirs(&text))?,
            elapsed(|| generate_ours(&text))?,
            elapsed(|| generate_theirs(&text))?,
        ];
        for (least, time) in least.iter_mut().zip(times) {
            *least = time.min(*least);
        }
    }
    let row = |what: &str, ours: Duration, theirs: Duration, most| {
        let milliseconds = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e3);
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        vec![
            what.to_owned(),
            milliseconds(ours),
            milliseconds(theirs),
            against(ratio, most),
        ]
    };
    let mut out = String::new();
    let rows = [
        row(
            "text to checked schema; theirs is not checked",
            least[0],
            least[1],
            Some(1.0),
        ),
        row(
            "text to Rust; theirs is not formatted",
            least[2],
            least[3],
            None,
        ),
    ];
    markdown(
        &mut out,
        &["Layer 230, ms", "ours", "grammers", "ours / grammers"],
        &rows,
    );
    out += &format!("The Rust has {ours} bytes here and {theirs} there.\n\n");
    Ok(out)
}

fn elapsed<T>(
    what: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    black_box(what()?);
    Ok(start.elapsed())
}

/// Gives the number of definitions, to be sure that all were read.
fn check_ours(text: &str) -> Result<usize, Box<dyn Error>> {
    let sources = [(Source::new("api.tl", text), Dialect::Server)];
    let schema = load(&sources, &Default::default())?.schema;
    Ok(schema.constructors.len() + schema.functions.len())
}

fn check_theirs(text: &str) -> Result<usize, Box<dyn Error>> {
    Ok(parse_theirs(text).len())
}

/// Gives the length of the generated text.
fn generate_ours(text: &str) -> Result<usize, Box<dyn Error>> {
    let sources = [(Source::new("api.tl", text), Dialect::Server)];
    let schema = load(&sources, &Default::default())?.schema;
    let options = emit::Options {
        runtime: "crate".to_owned(),
        header: Vec::new(),
        serde: false,
    };
    let files = emit(&schema, &Annotations::default(), &options)?;
    Ok(files.iter().map(|file| file.text.len()).sum())
}

fn generate_theirs(text: &str) -> Result<usize, Box<dyn Error>> {
    let mut outputs = Outputs {
        common: Vec::new(),
        types: Vec::new(),
        functions: Vec::new(),
        enums: Vec::new(),
    };
    let config = Config {
        gen_name_for_id: true,
        ..Config::default()
    };
    generate_rust_code(&mut outputs, &parse_theirs(text), 230, &config)?;
    let Outputs {
        common,
        types,
        functions,
        enums,
    } = outputs;
    Ok([common, types, functions, enums].iter().map(Vec::len).sum())
}

/// As its own build script does it: what it cannot parse (the line of `vector`) is passed over.
fn parse_theirs(text: &str) -> Vec<Definition> {
    grammers_tl_parser::parse_tl_file(text)
        .filter_map(Result::ok)
        .collect()
}
