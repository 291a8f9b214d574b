//! Answers in closed form, by which the simulation is checked and which are quick enough for a map.

/// The share of the susceptible people whom a large outbreak reaches, at an effective reproduction number: the
/// root of z = 1 - exp(-Rz) (Kermack and McKendrick, 1927). 0 when R is 1 or less.
pub fn final_share(reproduction_number: f64) -> f64 {
    if !reproduction_number.is_finite() || reproduction_number <= 1.0 {
        return 0.0;
    }
    let (mut low, mut high) = (1e-12, 1.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle < -(-reproduction_number * middle).exp_m1() { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// The probability that an outbreak dies out by itself, when the infectious time is exponential and there are
/// many susceptible people: (1/R) to the power of the first cases (Whittle, Biometrika 1955; 42: 116-122). 1 when
/// R is 1 or less.
pub fn extinction_probability(reproduction_number: f64, first_cases: u32) -> f64 {
    if reproduction_number <= 1.0 {
        return 1.0;
    }
    (1.0 / reproduction_number).powi(i32::try_from(first_cases).unwrap_or(i32::MAX))
}

/// The probability of at least so many new infections among `susceptible` of `people`, when each case would
/// infect `r0` of a wholly susceptible population: exact for a finite closed group with an exponential infectious
/// time, by the jumps between states (N. T. J. Bailey, The Mathematical Theory of Infectious Diseases, 1975,
/// section 6.3). The time taken does not matter to it, so neither does latency. Cost grows with the square
/// of `at_least`.
pub fn probability_of_at_least(
    r0: f64,
    people: u32,
    susceptible: u32,
    first_cases: u32,
    at_least: u32,
) -> f64 {
    if at_least == 0 {
        return 1.0;
    }
    if at_least > susceptible || people == 0 || r0 <= 0.0 {
        return 0.0;
    }
    // The probability of each number infectious, once so many have been infected.
    let mut infectious = vec![0.0; (first_cases + at_least + 1) as usize];
    infectious[first_cases as usize] = 1.0;
    for infected in 0..at_least {
        let pressure = r0 * f64::from(susceptible - infected) / f64::from(people);
        let next_infects = pressure / (pressure + 1.0);
        let mut grown = vec![0.0; infectious.len()];
        for number in (1..infectious.len()).rev() {
            let here = infectious[number];
            if number + 1 < grown.len() {
                grown[number + 1] = here * next_infects;
            }
            infectious[number - 1] += here * (1.0 - next_infects);
        }
        infectious = grown;
    }
    infectious.iter().sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within, "{found}, not {expected}");
    }

    #[test]
    fn final_shares_solve_the_equation() {
        // Published roots: R 1.5 58.28%, 2 79.68%, 3 94.05% (Diekmann and Heesterbeek, 2000, table of exercise 1.21).
        close(final_share(1.5), 0.5828, 5e-5);
        close(final_share(2.0), 0.7968, 5e-5);
        close(final_share(3.0), 0.9405, 5e-5);
        close(final_share(15.0), 1.0, 1e-6);
        assert_eq!((final_share(1.0), final_share(0.5), final_share(f64::NAN)), (0.0, 0.0, 0.0));
    }

    #[test]
    fn small_groups_by_hand() {
        // One susceptible among two, R0 2: infects before recovering with probability 1/2.
        close(probability_of_at_least(2.0, 2, 1, 1, 1), 0.5, 1e-12);
        // Two susceptible of three, R0 3: first 2/3; then both infectious, next is an infection with 1/2, or
        // after one recovery with a further 1/2.
        close(probability_of_at_least(3.0, 3, 2, 1, 2), 2.0 / 3.0 * (0.5 + 0.5 * 0.5), 1e-12);
        close(probability_of_at_least(3.0, 3, 2, 1, 3), 0.0, 0.0);
        close(probability_of_at_least(3.0, 3, 2, 1, 0), 1.0, 0.0);
    }

    #[test]
    fn in_a_large_group_it_is_one_less_extinction() {
        let exact = probability_of_at_least(3.0, 10_000_000, 10_000_000, 1, 300);
        close(exact, 1.0 - extinction_probability(3.0, 1), 1e-4);
        close(extinction_probability(2.0, 3), 0.125, 1e-12);
        close(extinction_probability(0.9, 3), 1.0, 0.0);
    }
}
