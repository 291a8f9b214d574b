//! Two people who edit one thing.

use town::editing::{Changed, Editing, Form, Seen};
use town::indicators::{IndicatorForm, TargetForm};
use town::partnership::{
    ActionForm, MemberForm, MilestoneForm, OrganisationForm, RecommendationForm, SubgroupForm,
};
use town::{Actor, Error, Role, Town};

use crate::database::{Place, on_each_database, operator};

fn editor(name: &str) -> Actor {
    Actor::account(&format!("{name}@town.example"), Role::Editor)
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// A town with one of each.
async fn filled(town: &Town) {
    let by = &operator();
    let subgroup = SubgroupForm { code: text("homes"), name: text("Homes"), purpose: text("Warm homes") };
    town.save_subgroup(by, None, &subgroup).await.unwrap();
    let council = OrganisationForm { name: text("Council"), kind: text("council") };
    town.save_organisation(by, None, &council).await.unwrap();
    for (code, name) in [("m1", "Ann"), ("m2", "Ben")] {
        let member = MemberForm {
            code: text(code),
            name: text(name),
            organisation: text("Council"),
            subgroup: text("homes"),
            ..MemberForm::default()
        };
        town.save_member(by, None, &member).await.unwrap();
    }
    let recommendation = RecommendationForm {
        number: text("1"),
        words: text("Insulate every home"),
        principle: 5,
        horizon: text("short"),
        subgroup: text("homes"),
        owner: text("m1"),
    };
    town.save_recommendation(by, None, &recommendation).await.unwrap();
    let action = ActionForm {
        code: text("H-1"),
        title: text("Insulate lofts"),
        subgroup: text("homes"),
        owner: text("m1"),
        due: text("2027-03-31"),
        recommendations: vec![text("1")],
        milestones: vec![MilestoneForm {
            title: text("A contractor is found"),
            due: text("2026-12-01"),
            done: String::new(),
        }],
        ..ActionForm::default()
    };
    town.save_action(by, None, &action).await.unwrap();
    let indicator = IndicatorForm {
        code: text("cold-homes"),
        name: text("Cold homes"),
        definition: text("Homes below band C"),
        polarity: text("low-is-good"),
        source: text("The council"),
        series_sex: text("persons"),
        ..IndicatorForm::begun()
    };
    town.save_indicator(by, None, &indicator).await.unwrap();
}

fn changed<T: std::fmt::Debug>(result: Result<T, Error>) -> Changed {
    match result {
        Err(Error::Changed(changed)) => *changed,
        other => panic!("not told that it was changed: {other:?}"),
    }
}

#[tokio::test]
async fn the_later_editor_is_told_and_decides() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        filled(town).await;
        let (ann, ben) = (editor("ann"), editor("ben"));
        let begun = town.action_form(&ann, "H-1").await.unwrap();
        let seen = town.seen(&begun).await.unwrap();
        let editing = Some(Editing { code: "H-1", seen: &seen });

        let hers = ActionForm { title: text("Insulate all lofts"), owner: text("m2"), ..begun.clone() };
        assert_eq!(town.save_action(&ann, editing, &hers).await.unwrap(), "H-1");

        let before = place.counts().await;
        let done = text("2026-11-20");
        let his = ActionForm {
            owner: String::new(),
            milestones: vec![MilestoneForm { done, ..begun.milestones[0].clone() }],
            ..begun
        };
        let told = changed(town.save_action(&ben, editing, &his).await);
        assert_eq!(place.counts().await, before, "nothing of it was written");
        assert_eq!((told.what, told.code.as_str()), ("action", "H-1"));
        assert_eq!(told.by.as_deref(), Some("ann@town.example"));
        assert!(told.at.as_ref().unwrap().contains(" at "));
        let fields: Vec<_> = told
            .fields
            .iter()
            .map(|f| (f.name, f.was.as_deref().unwrap(), f.now.as_str(), f.yours.as_deref()))
            .collect();
        let expected = [
            ("title", "Insulate lofts", "Insulate all lofts", None),
            ("owner", "Ann", "Ben", Some("nobody")),
        ];
        assert_eq!(fields, expected);
        assert_eq!(told.merged["title"], "Insulate all lofts");
        assert_eq!(told.merged["owner"], "");
        assert!(told.merged["milestones"].ends_with("2026-11-20"));

        let mut decided = his;
        for (name, text) in &told.merged {
            decided.put(name, text);
        }
        let editing = Some(Editing { code: "H-1", seen: &told.now });
        town.save_action(&ben, editing, &decided).await.unwrap();
        let kept = town.action_form(&ben, "H-1").await.unwrap();
        assert_eq!((kept.title.as_str(), kept.owner.as_str()), ("Insulate all lofts", ""));
        assert_eq!(kept.milestones[0].done, "2026-11-20");
        assert_eq!(kept.fields(), decided.fields());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_save_at_once_one_does() {
    on_each_database(async |place: &Place| {
        let town = &place.town;
        filled(town).await;
        let begun = town.recommendation_form(&operator(), "1").await.unwrap();
        let seen = town.seen(&begun).await.unwrap();
        let mut saving = tokio::task::JoinSet::new();
        for number in 0..6 {
            let (town, seen, mut form) = (town.clone(), seen.clone(), begun.clone());
            form.words = format!("Insulate {number} homes");
            saving.spawn(async move {
                let editing = Some(Editing { code: "1", seen: &seen });
                let by = editor(&format!("editor-{number}"));
                (form.words.clone(), town.save_recommendation(&by, editing, &form).await)
            });
        }
        let (mut kept, mut told) = (Vec::new(), Vec::new());
        while let Some(done) = saving.join_next().await {
            match done.unwrap() {
                (words, Ok(_)) => kept.push(words),
                (_, error) => told.push(changed(error)),
            }
        }
        assert_eq!((kept.len(), told.len()), (1, 5));
        assert_eq!(town.recommendation_form(&operator(), "1").await.unwrap().words, kept[0]);
        assert!(told.iter().all(|told| told.fields[0].now == kept[0]), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn everything_that_can_be_edited_tells() {
    on_each_database(async |place: &Place| {
        let (town, by) = (&place.town, &operator());
        filled(town).await;
        // Loads, saves another value, saves a third over what was seen first, and gives what that is told.
        macro_rules! meets {
            ($load:ident, $save:ident, $code:expr, $form:ident => $change:expr) => {{
                let begun = town.$load(by, $code).await.unwrap();
                let seen = town.seen(&begun).await.unwrap();
                let editing = Some(Editing { code: $code, seen: &seen });
                let mut $form = begun.clone();
                $change;
                town.$save(by, editing, &$form).await.unwrap();
                let told = changed(town.$save(by, editing, &begun).await);
                // A program that says which version it saw is told as well.
                let version = Seen::Version { version: seen.version() };
                let editing = Some(Editing { code: $code, seen: &version });
                assert_eq!(changed(town.$save(by, editing, &begun).await).fields.len(), 1);
                assert_eq!(told.now.version(), told.version);
                told.fields.into_iter().map(|f| (f.label, f.was.unwrap(), f.now)).collect::<Vec<_>>()
            }};
        }
        let one = |label, was: &str, now: &str| vec![(label, text(was), text(now))];
        let told = meets!(subgroup_form, save_subgroup, "homes", f => f.purpose = text("Dry homes"));
        assert_eq!(told, one("What it is for", "Warm homes", "Dry homes"));
        let told = meets!(member_form, save_member, "m1", f => f.subgroup = String::new());
        assert_eq!(told, one("Subgroup", "Homes", "nothing"));
        let number = town.member_list(by, &Default::default()).await.unwrap().organisations[0].id.to_string();
        let told = meets!(organisation_form, save_organisation, &number, f => f.kind = text("unitary"));
        assert_eq!(told, one("Kind", "council", "unitary"));
        let told = meets!(recommendation_form, save_recommendation, "1", f => f.owner = text("m2"));
        assert_eq!(told, one("Owner", "Ann", "Ben"));
        let told = meets!(action_form, save_action, "H-1", f => f.due = text("2027-06-30"));
        assert_eq!(told, one("Due", "31 March 2027", "30 June 2027"));
        let told = meets!(indicator_form, save_indicator, "cold-homes", f => f.impact = true);
        assert_eq!(told, one("Impact measure", "no", "yes"));
        let target = TargetForm { value: text("12.5"), due: text("2029-03-31"), source: text("the board") };
        let told = meets!(targets_form, save_targets, "cold-homes", f => f.targets.push(target));
        assert_eq!(told, one("Targets", "nothing", "12.5 by 31 March 2029 (the board)"));
    })
    .await;
}

#[tokio::test]
async fn what_was_given_another_code_is_found() {
    on_each_database(async |place: &Place| {
        let (town, by) = (&place.town, &operator());
        filled(town).await;
        let begun = town.action_form(by, "H-1").await.unwrap();
        let seen = town.seen(&begun).await.unwrap();
        let editing = Some(Editing { code: "H-1", seen: &seen });
        let renamed = ActionForm { code: text("H-01"), ..begun.clone() };
        assert_eq!(town.save_action(by, editing, &renamed).await.unwrap(), "H-01");
        let told = changed(town.save_action(by, editing, &begun).await);
        assert_eq!((told.code.as_str(), told.fields[0].now.as_str()), ("H-01", "H-01"));
        let never = Some(Editing { code: "H-9", seen: &seen });
        assert!(matches!(town.save_action(by, never, &begun).await, Err(Error::NotFound { .. })));
        // Another may have the code that became free.
        let other = ActionForm { title: text("Insulate walls"), ..begun };
        assert_eq!(town.save_action(by, None, &other).await.unwrap(), "H-1");
        assert!(matches!(town.save_action(by, None, &other).await, Err(Error::Refused(_))));
    })
    .await;
}
