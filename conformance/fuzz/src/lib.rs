//! What the fuzz targets have in common. Their bodies are in `conformance::fuzz`.

use std::{env, fs, io};

#[cfg(fuzzing)]
pub use libfuzzer_sys;

/// The program of the target of that name: for libFuzzer under `cargo fuzz`, otherwise one that runs
/// the body with the files of its command line, which is how a finding is looked into.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        #[cfg(fuzzing)]
        $crate::libfuzzer_sys::fuzz_target!(
            init: $crate::count_memory(),
            |data: &[u8]| conformance::fuzz::$name(data)
        );

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            $crate::run_with_files(conformance::fuzz::$name)
        }
    };
}

/// From now on the bodies look at their bounds on memory.
pub fn count_memory() {
    conformance::fuzz::set_meter(|run| allocation_counter::measure(run).bytes_max);
}

/// Runs a body with each file of the command line.
///
/// # Errors
///
/// A file that cannot be read.
pub fn run_with_files(body: fn(&[u8])) -> io::Result<()> {
    count_memory();
    for path in env::args_os().skip(1) {
        eprintln!("{}", path.display());
        body(&fs::read(path)?);
    }
    Ok(())
}
