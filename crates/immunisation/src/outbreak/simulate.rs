//! Outbreaks in a school or an area, by chance, from a seed.

use super::chance::Chance;
use super::disease::{Disease, OutbreakError};

/// People who mix evenly: a school, a nursery, a small area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    people: u32,
    vaccinated: u32,
    infected: u32,
}

/// How time passes in a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stepping {
    /// In the steps, and for as long, as the model was published with.
    AsPublished,
    /// Event by event, until nobody is infected: no error from the steps.
    EventByEvent,
}

/// The sizes of simulated outbreaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbreaks {
    sizes: Vec<u32>,
}

impl Setting {
    /// A setting with so many people, of whom so many are fully vaccinated, and so many unvaccinated people who
    /// are infectious at the start.
    ///
    /// # Errors
    /// There are more vaccinated and infected people than people.
    pub fn new(people: u32, vaccinated: u32, infected: u32) -> Result<Setting, OutbreakError> {
        let fits = vaccinated.checked_add(infected).is_some_and(|both| both <= people);
        if fits {
            Ok(Setting { people, vaccinated, infected })
        } else {
            Err(OutbreakError::TooMany { people, vaccinated, infected })
        }
    }

    /// The number of new infections, beyond the first cases, in each of `runs` simulations.
    pub fn simulate(self, disease: &Disease, stepping: Stepping, runs: u32, seed: u64) -> Outbreaks {
        let mut chance = Chance::new(seed);
        let mut sizes: Vec<u32> = (0..runs)
            .map(|_| match stepping {
                Stepping::AsPublished => self.stepped(disease, &mut chance),
                Stepping::EventByEvent => self.by_events(disease, &mut chance),
            })
            .collect();
        sizes.sort_unstable();
        Outbreaks { sizes }
    }

    fn start(self) -> State {
        State {
            susceptible: [self.people - self.vaccinated - self.infected, self.vaccinated],
            latent: [0, 0],
            infectious: [self.infected, 0],
        }
    }

    /// The infections a day on one fully susceptible person.
    fn pressure(self, disease: &Disease, state: &State) -> f64 {
        let [unvaccinated, vaccinated] = state.infectious.map(f64::from);
        let infectious = unvaccinated + disease.relative_infectiousness * vaccinated;
        disease.r0 / disease.infectious_days * infectious / f64::from(self.people.max(1))
    }

    fn stepped(self, disease: &Disease, chance: &mut Chance) -> u32 {
        let (mut state, mut infected, mut day) = (self.start(), 0, 0.0);
        let step = disease.step_days;
        let risks = [1.0, 1.0 - disease.efficacy_two_doses];
        while day < disease.longest_days && state.any_infected() {
            let pressure = step * self.pressure(disease, &state);
            for (group, risk) in risks.into_iter().enumerate() {
                let moved = |count: u32, rate: f64, chance: &mut Chance| {
                    if count == 0 { 0 } else { chance.poisson(rate * f64::from(count)).min(count) }
                };
                let fall_ill = moved(state.susceptible[group], pressure * risk, chance);
                let become_infectious = moved(state.latent[group], step / disease.latent_days, chance);
                let recover = moved(state.infectious[group], step / disease.infectious_days, chance);
                state.susceptible[group] -= fall_ill;
                state.latent[group] = state.latent[group] + fall_ill - become_infectious;
                state.infectious[group] = state.infectious[group] + become_infectious - recover;
                infected += fall_ill;
            }
            day += step;
        }
        infected
    }

    /// The jumps between states (D. T. Gillespie, Journal of Physical Chemistry 1977; 81: 2340-2361), without the
    /// times, which do not change how many are infected.
    fn by_events(self, disease: &Disease, chance: &mut Chance) -> u32 {
        let (mut state, mut infected) = (self.start(), 0);
        let protection = 1.0 - disease.efficacy_two_doses;
        while state.any_infected() {
            let pressure = self.pressure(disease, &state);
            let rates = [
                pressure * f64::from(state.susceptible[0]),
                pressure * protection * f64::from(state.susceptible[1]),
                f64::from(state.latent[0]) / disease.latent_days,
                f64::from(state.latent[1]) / disease.latent_days,
                f64::from(state.infectious[0]) / disease.infectious_days,
                f64::from(state.infectious[1]) / disease.infectious_days,
            ];
            let mut drawn = chance.unit() * rates.iter().sum::<f64>();
            let mut event = 0;
            while event < 5 && (drawn >= rates[event] || rates[event] <= 0.0) {
                drawn -= rates[event];
                event += 1;
            }
            let group = event % 2;
            match event / 2 {
                0 => {
                    state.susceptible[group] -= 1;
                    state.latent[group] += 1;
                    infected += 1;
                }
                1 => {
                    state.latent[group] -= 1;
                    state.infectious[group] += 1;
                }
                // Rounding can leave the last event without a rate: then nothing happens.
                _ => state.infectious[group] = state.infectious[group].saturating_sub(1),
            }
        }
        infected
    }
}

/// People by state; the first of each pair is unvaccinated, the second vaccinated.
#[derive(Debug, Clone, Copy)]
struct State {
    susceptible: [u32; 2],
    latent: [u32; 2],
    infectious: [u32; 2],
}

impl State {
    fn any_infected(&self) -> bool {
        self.latent.iter().chain(&self.infectious).any(|count| *count > 0)
    }
}

impl Outbreaks {
    /// How many simulations there were.
    pub fn runs(&self) -> usize {
        self.sizes.len()
    }

    /// The share of simulations with at least so many new infections, and its 95% interval (E. B. Wilson,
    /// Journal of the American Statistical Association 1927; 22: 209-212). The interval is that of the simulation,
    /// not of the world. Without a simulation the share is 0 and the interval everything.
    pub fn probability_of_at_least(&self, infections: u32) -> (f64, f64, f64) {
        let runs = self.sizes.len() as f64;
        if runs == 0.0 {
            return (0.0, 0.0, 1.0);
        }
        let reached = self.sizes.len() - self.sizes.partition_point(|size| *size < infections);
        let share = reached as f64 / runs;
        let z = 1.959_963_984_540_054_f64;
        let centre = share + z * z / (2.0 * runs);
        let half = z * (share * (1.0 - share) / runs + z * z / (4.0 * runs * runs)).sqrt();
        let scale = 1.0 + z * z / runs;
        (share, ((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0))
    }

    /// The mean number of new infections among outbreaks with at least so many; none when there was none.
    pub fn mean_size_of_at_least(&self, infections: u32) -> Option<f64> {
        let large = &self.sizes[self.sizes.partition_point(|size| *size < infections)..];
        let total: f64 = large.iter().map(|size| f64::from(*size)).sum();
        (!large.is_empty()).then(|| total / large.len() as f64)
    }

    /// The size that a share of the outbreaks, from 0 to 1, do not pass; none without a simulation.
    pub fn quantile(&self, share: f64) -> Option<u32> {
        let last = self.sizes.len().checked_sub(1)?;
        let place = (share.clamp(0.0, 1.0) * last as f64).round() as usize;
        self.sizes.get(place).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::exact;
    use super::*;

    /// TACC's published probabilities of ten or more new infections: 500 pupils, one case.
    const PUBLISHED: [(u32, f64); 4] = [(350, 0.79), (400, 0.69), (450, 0.33), (475, 0.04)];

    /// Three standard errors of a probability that was itself estimated from 200 simulations, as theirs were.
    fn within(probability: f64) -> f64 {
        3.0 * (probability * (1.0 - probability) / 200.0).sqrt()
    }

    #[test]
    fn the_published_model_is_reproduced() {
        let measles = Disease::published("measles").unwrap();
        for (vaccinated, published) in PUBLISHED {
            let school = Setting::new(500, vaccinated, 1).unwrap();
            for stepping in [Stepping::AsPublished, Stepping::EventByEvent] {
                let (found, _, _) =
                    school.simulate(&measles, stepping, 4_000, 2025).probability_of_at_least(10);
                assert!((found - published).abs() < within(published).min(0.03), "{vaccinated}: {found}");
            }
        }
    }

    #[test]
    fn events_agree_with_the_exact_probability() {
        // A vaccine that protects fully, so that only the unvaccinated matter and the exact answer holds.
        let measles = Disease { efficacy_two_doses: 1.0, ..Disease::published("measles").unwrap() };
        for (vaccinated, _) in PUBLISHED {
            let outbreaks = Setting::new(500, vaccinated, 1).unwrap().simulate(
                &measles,
                Stepping::EventByEvent,
                6_000,
                5,
            );
            let exact = exact::probability_of_at_least(15.0, 500, 499 - vaccinated, 1, 10);
            let (found, ..) = outbreaks.probability_of_at_least(10);
            let error = 4.0 * (exact * (1.0 - exact) / 6_000.0).sqrt();
            assert!((found - exact).abs() < error, "{vaccinated}: {found}, exactly {exact}");
        }
    }

    #[test]
    fn large_outbreaks_reach_the_final_share() {
        let measles = Disease::published("measles").unwrap();
        // Nobody vaccinated, R0 2.
        let mild = Disease { r0: 2.0, ..measles };
        let outbreaks = Setting::new(4_000, 0, 1).unwrap().simulate(&mild, Stepping::EventByEvent, 300, 9);
        let mean = outbreaks.mean_size_of_at_least(400).unwrap();
        assert!((mean / 4_000.0 - exact::final_share(2.0)).abs() < 0.01, "{mean}");
        let (large, ..) = outbreaks.probability_of_at_least(400);
        assert!((large - 0.5).abs() < 0.12, "{large}");
    }

    #[test]
    fn the_same_seed_gives_the_same_outbreaks() {
        let measles = Disease::published("measles").unwrap();
        let school = Setting::new(300, 270, 1).unwrap();
        let run = |seed| school.simulate(&measles, Stepping::AsPublished, 200, seed);
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        assert!(run(1).quantile(0.0) <= run(1).quantile(0.5));
    }

    #[test]
    fn a_setting_holds_its_people() {
        assert!(Setting::new(10, 9, 1).is_ok());
        assert_eq!(
            Setting::new(10, 10, 1),
            Err(OutbreakError::TooMany { people: 10, vaccinated: 10, infected: 1 })
        );
        assert!(Setting::new(10, u32::MAX, 1).is_err());
        let measles = Disease::published("measles").unwrap();
        let none = Setting::new(10, 10, 0).unwrap().simulate(&measles, Stepping::EventByEvent, 10, 1);
        assert_eq!((none.quantile(1.0), none.mean_size_of_at_least(1)), (Some(0), None));
    }
}
