//! Answers the driver's line protocol (Benchmarks/README.md) with rayon.

mod cases;
mod sample;
mod work;

use std::io::{BufRead, Write};

fn main() {
    let jobs = std::env::var("BENCHMARK_JOBS").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().expect("the pool is built once");
    let mut cases = cases::all();
    let answer = |line: String| {
        println!("{line}");
        std::io::stdout().flush().ok();
    };
    answer(format!("READY rayon {}", option_env!("RAYON_VERSION").unwrap_or("1")));
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut words = line.split(' ');
        match (words.next(), words.next()) {
            (Some("LIST"), _) => {
                let names: Vec<&str> = cases.iter().map(|c| c.0.as_str()).collect();
                answer(format!("LIST {}", names.join(" ")));
            }
            (Some("WARM"), Some(bytes)) => {
                let pages = vec![1u8; bytes.parse().unwrap_or(0)];
                answer(format!("WARM {}", std::hint::black_box(&pages).len()));
            }
            (Some("RUN"), Some(name)) => match cases.iter_mut().find(|c| c.0 == name) {
                Some((_, body)) => {
                    let s = body();
                    answer(format!("{name} {} {} {}", s.nanoseconds, s.operations, s.checksum));
                }
                None => answer(format!("ERROR unknown variant: {name}")),
            },
            _ => answer(format!("ERROR unknown request: {line}")),
        }
    }
}
