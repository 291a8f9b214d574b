//! Whether the gap is closing, over several indicators, in one sentence.

use super::GapVerdict;

/// The one sentence that a board opens with: of how many indicators the gap has narrowed, widened, turned round or shows
/// no evidence of change. Claims nothing that no indicator's own verdict claims.
pub fn gaps_in_a_sentence(verdicts: &[GapVerdict]) -> String {
    let count = |wanted| verdicts.iter().filter(|&&verdict| verdict == wanted).count();
    let compared = verdicts.len() - count(GapVerdict::NotCompared);
    if compared == 0 {
        return "There are not yet two periods to compare, so nothing can be said of whether the gap is closing."
            .to_owned();
    }
    let (narrowed, widened, turned) =
        (count(GapVerdict::Narrowed), count(GapVerdict::Widened), count(GapVerdict::Reversed));
    let measures = if compared == 1 { "measure" } else { "measures" };
    if narrowed + widened + turned == 0 {
        return format!("There is no evidence that the gap has changed on any of {compared} {measures}.");
    }
    let mut parts = Vec::new();
    for (number, claim) in [(narrowed, "narrowed"), (widened, "widened"), (turned, "turned round")] {
        if number > 0 {
            parts.push(format!("{claim} on {number} of {compared} {measures}"));
        }
    }
    let unchanged = compared - narrowed - widened - turned;
    let rest = match unchanged {
        0 => String::new(),
        1 => "; on 1 there is no evidence of change".to_owned(),
        number => format!("; on {number} there is no evidence of change"),
    };
    format!("The gap has {}{rest}.", join(&parts))
}

fn join(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::GapVerdict::{Narrowed, NoEvidence, NotCompared, Reversed, Widened};
    use super::*;

    fn check(verdicts: &[GapVerdict], expected: &str) {
        assert_eq!(gaps_in_a_sentence(verdicts), expected);
    }

    #[test]
    fn the_sentence_is_as_strong_as_the_verdicts() {
        let nothing =
            "There are not yet two periods to compare, so nothing can be said of whether the gap is closing.";
        check(&[], nothing);
        check(&[NotCompared, NotCompared], nothing);
        check(&[NoEvidence], "There is no evidence that the gap has changed on any of 1 measure.");
        check(
            &[NoEvidence, NoEvidence, NotCompared],
            "There is no evidence that the gap has changed on any of 2 measures.",
        );
        check(&[Narrowed], "The gap has narrowed on 1 of 1 measure.");
        check(
            &[Narrowed, NoEvidence, Narrowed, Widened],
            "The gap has narrowed on 2 of 4 measures and widened on 1 of 4 measures; on 1 there is no evidence of change.",
        );
        check(
            &[Narrowed, Reversed, Widened],
            "The gap has narrowed on 1 of 3 measures, widened on 1 of 3 measures and turned round on 1 of 3 measures.",
        );
    }
}
