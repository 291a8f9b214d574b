//! How long the whole town takes.

fn main() {
    divan::main();
}

#[divan::bench]
fn whole_town() -> synthetic::SyntheticTown {
    synthetic::town(1)
}
