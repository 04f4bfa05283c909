//! Every case as `case/variant`: rayon, and Rust's own loop beside it.

use crate::sample::{repeated, spaced, timed, Sample};
use crate::work::{mix, spin, triple, uneven_weights, HEAVY_ROUNDS};
use rayon::prelude::*;
use std::{hint::black_box, time::Duration};

pub type Case = (String, Box<dyn FnMut() -> Sample>);

fn case(cases: &mut Vec<Case>, name: impl Into<String>, body: impl FnMut() -> Sample + 'static) {
    cases.push((name.into(), Box::new(body)));
}

fn square_roots(cases: &mut Vec<Case>, name: &str, count: usize, repeats: usize) {
    let input = move || (0..count).map(|i| i as f64).collect::<Vec<f64>>();
    let (mut a, mut b) = (vec![], vec![]);
    case(cases, format!("{name}/rayon"), move || {
        if a.is_empty() { a = input(); }
        repeated(count, repeats, || black_box(&a).par_iter().map(|x| x.sqrt()).collect())
    });
    case(cases, format!("{name}/rust_plain"), move || {
        if b.is_empty() { b = input(); }
        repeated(count, repeats, || black_box(&b).iter().map(|x| x.sqrt()).collect())
    });
}

fn integers(cases: &mut Vec<Case>, name: &str, count: usize, repeats: usize) {
    let a: Vec<i64> = (0..count as i64).collect();
    let b = a.clone();
    case(cases, format!("{name}/rayon"), move || {
        repeated(count, repeats, || black_box(&a).par_iter().map(|x| x.wrapping_mul(3).wrapping_add(7)).collect())
    });
    case(cases, format!("{name}/rust_plain"), move || {
        repeated(count, repeats, || black_box(&b).iter().map(|x| x.wrapping_mul(3).wrapping_add(7)).collect())
    });
}

fn uneven(cases: &mut Vec<Case>, name: &str, long_at: usize) {
    let weights = uneven_weights(long_at);
    let (a, b, c) = (weights.clone(), weights.clone(), weights);
    case(cases, format!("{name}/rayon"), move || timed(64, || a.par_iter().map(spin).collect()));
    case(cases, format!("{name}/rayon_max_len_1"), move || {
        timed(64, || b.par_iter().with_max_len(1).map(spin).collect())
    });
    case(cases, format!("{name}/rayon_scope_spawn"), move || {
        timed(64, || {
            let mut out = vec![0u64; c.len()];
            rayon::scope(|s| {
                for (slot, weight) in out.iter_mut().zip(&c) {
                    s.spawn(move |_| *slot = spin(weight));
                }
            });
            out
        })
    });
}

pub fn all() -> Vec<Case> {
    let mut cases: Vec<Case> = vec![];
    square_roots(&mut cases, "sqrt_1m", 1_000_000, 40);
    square_roots(&mut cases, "sqrt_10m", 10_000_000, 4);
    square_roots(&mut cases, "cheap_10k", 10_000, 400);
    integers(&mut cases, "int_1m", 1_000_000, 16);
    integers(&mut cases, "cheap_int_10k", 10_000, 400);

    let seeds: Vec<u64> = (0..100_000).collect();
    let more = seeds.clone();
    case(&mut cases, "heavy_100k/rayon", move || {
        repeated(100_000, 2, || seeds.par_iter().map(|x| mix(*x, HEAVY_ROUNDS)).collect())
    });
    case(&mut cases, "heavy_100k/rust_plain", move || {
        repeated(100_000, 2, || more.iter().map(|x| mix(*x, HEAVY_ROUNDS)).collect())
    });

    let roots = || black_box([1.0f64, 4.0]).par_iter().map(|x| x.sqrt()).collect::<Vec<f64>>();
    case(&mut cases, "pair/rayon", move || repeated(1, 1000, roots));
    case(&mut cases, "pair_spaced/rayon", move || spaced(50, roots));

    uneven(&mut cases, "uneven_first", 0);
    uneven(&mut cases, "uneven_middle", 32);
    uneven(&mut cases, "uneven_last", 63);

    case(&mut cases, "calls_100k/rayon_scope_spawn", || {
        repeated(100_000, 1, || {
            let mut out = vec![0i64; 100_000];
            rayon::scope(|s| {
                for (i, slot) in out.iter_mut().enumerate() {
                    s.spawn(move |_| *slot = triple(i as i64));
                }
            });
            out
        })
    });

    let mut wide = None;
    case(&mut cases, "blocking_1000/rayon", move || {
        let wide = wide.get_or_insert_with(|| rayon::ThreadPoolBuilder::new().num_threads(100).build().unwrap());
        timed(1000, || {
            wide.install(|| {
                let block = |i: usize| { std::thread::sleep(Duration::from_millis(10)); i as i64 };
                (0..1000usize).into_par_iter().with_max_len(1).map(block).collect()
            })
        })
    });
    cases
}
