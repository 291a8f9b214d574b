//! The one policy: which role may do what. Whatever the policy file does not allow is refused.

use std::collections::BTreeMap;
use std::sync::LazyLock;

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $words:literal])* $case:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $words])* $case,)+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[$($name::$case,)+];

            /// The stable code used in the policy file and the database.
            pub fn code(self) -> &'static str {
                match self { $($name::$case => $code,)+ }
            }

            /// What it is, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $($name::$case => concat!($($words),*).trim_ascii(),)+ }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$case),)+ _ => None }
            }
        }
    };
}

coded! {
    /// What somebody is, to het.
    Role {
        /// Not signed in.
        Public = "public",
        /// May read the programme.
        Reader = "reader",
        /// May change the programme.
        Editor = "editor",
        /// Answers for the partnership: the Director of Public Health.
        Director = "director",
        /// Leads a subgroup.
        SubgroupChair = "subgroup-chair",
        /// Does an action.
        ActionOwner = "action-owner",
        /// Works with figures, never with records.
        Analyst = "analyst",
        /// Leads on immunisation.
        ImmunisationLead = "immunisation-lead",
        /// Vaccinates.
        ClinicNurse = "clinic-nurse",
        /// Works in a family hub.
        HubWorker = "hub-worker",
        /// Visits families.
        HealthVisitor = "health-visitor",
        /// Advises on money.
        Adviser = "adviser",
        /// Looks after homes.
        HousingOfficer = "housing-officer",
        /// Looks after net zero.
        ClimateOfficer = "climate-officer",
        /// Looks after work and skills.
        EmploymentOfficer = "employment-officer",
        /// Of a partner organisation: sees what is shared with it.
        PartnerGuest = "partner-guest",
        /// Looks after accounts, never records.
        Administrator = "administrator",
        /// At the command line of the machine itself.
        Operator = "operator",
    }
}

coded! {
    /// What a role may be allowed.
    Permission {
        /// See the public pages: the board without names, indicators, sources, published reports.
        ReadPublic = "read-public",
        /// Sign in and out.
        SignIn = "sign-in",
        /// Change one's own password and second factor, see and end one's own sessions.
        OwnAccount = "own-account",
        /// Read the programme: owners, actions, gaps, reports in draft.
        ReadProgramme = "read-programme",
        /// Create subgroups, members and organisations, and edit members and organisations.
        EditProgramme = "edit-programme",
        /// Edit subgroups; create and edit recommendations.
        EditSubgroup = "edit-subgroup",
        /// Create and edit indicators, targets, the town's own figures, rebasings and points left out.
        EditIndicators = "edit-indicators",
        /// Create actions and share them with organisations.
        ManageActions = "manage-actions",
        /// Edit actions.
        EditActions = "edit-actions",
        /// See the actions that are shared with one's organisation.
        ReadShared = "read-shared",
        /// Import files.
        Import = "import",
        /// Publish a report.
        PublishReport = "publish-report",
        /// Add accounts and change the town's settings.
        Administer = "administer",
        /// Read the audit log.
        ReadAudit = "read-audit",
        /// Make, restore and move backups, look after the machine.
        Maintain = "maintain",
        /// Come to the register at all, to do whatever else of it one may.
        UseRegister = "use-register",
        /// Look for people.
        SearchRegister = "search-register",
        /// Read a person's record after saying why.
        ReadRegister = "read-register",
        /// Add people and correct their records.
        EditRegister = "edit-register",
        /// Read a whole record that one's role normally may not, for a reason that somebody else looks at afterwards.
        BreakGlass = "break-glass",
        /// Look at the readings for which the glass was broken.
        ReviewReadings = "review-readings",
        /// Answer people's requests: give them their record, hold it, erase it, note consent.
        RegisterRights = "register-rights",
        /// Import people and opt-outs, run retention, seal with a new key.
        KeepRegister = "keep-register",
        /// Of a record: see the NHS number.
        SeeNhsNumber = "see-nhs-number",
        /// Of a record: see address, postcode and telephone.
        SeeContact = "see-contact",
        /// Of a record: see who looks after the child.
        SeeFamily = "see-family",
        /// Of a record: see the notes.
        SeeNotes = "see-notes",
    }
}

impl Permission {
    /// Whether a machine can be given it, where its role has it: nothing of people's records, and nothing of accounts.
    pub fn is_for_machines(self) -> bool {
        use Permission::{Administer, Maintain, OwnAccount, SignIn};
        !self.is_of_people() && !matches!(self, SignIn | OwnAccount | Administer | Maintain)
    }

    /// Whether it opens records of people. No machine is given such a permission.
    pub fn is_of_people(self) -> bool {
        use Permission::{
            BreakGlass, EditRegister, KeepRegister, ReadRegister, RegisterRights, ReviewReadings,
            SearchRegister, SeeContact, SeeFamily, SeeNhsNumber, SeeNotes, UseRegister,
        };
        matches!(
            self,
            UseRegister
                | SearchRegister
                | ReadRegister
                | EditRegister
                | BreakGlass
                | ReviewReadings
                | RegisterRights
                | KeepRegister
                | SeeNhsNumber
                | SeeContact
                | SeeFamily
                | SeeNotes
        )
    }
}

impl Role {
    /// What it is called on screen.
    pub fn words(self) -> &'static str {
        match self {
            Role::Public => "Public",
            Role::Reader => "Reader",
            Role::Editor => "Editor",
            Role::Director => "Director",
            Role::SubgroupChair => "Chair of a subgroup",
            Role::ActionOwner => "Action owner",
            Role::Analyst => "Analyst",
            Role::ImmunisationLead => "Immunisation lead",
            Role::ClinicNurse => "Clinic nurse",
            Role::HubWorker => "Family hub worker",
            Role::HealthVisitor => "Health visitor",
            Role::Adviser => "Money adviser",
            Role::HousingOfficer => "Housing officer",
            Role::ClimateOfficer => "Climate officer",
            Role::EmploymentOfficer => "Employment officer",
            Role::PartnerGuest => "Guest of an organisation",
            Role::Administrator => "Administrator of accounts",
            Role::Operator => "Operator",
        }
    }

    /// The roles that an account can be given.
    pub const OF_ACCOUNTS: &'static [Role] = &[
        Role::Reader,
        Role::Editor,
        Role::Director,
        Role::SubgroupChair,
        Role::ActionOwner,
        Role::Analyst,
        Role::ImmunisationLead,
        Role::ClinicNurse,
        Role::HubWorker,
        Role::HealthVisitor,
        Role::Adviser,
        Role::HousingOfficer,
        Role::ClimateOfficer,
        Role::EmploymentOfficer,
        Role::PartnerGuest,
        Role::Administrator,
    ];
}

/// Of which things the policy gives a role a permission: of all, or of its own only. In the policy file: `role:reach`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Of all.
    Everything,
    /// Of what belongs to the subgroup that the account's member sits on.
    OwnSubgroup,
    /// Of the actions that the account's member does or answers for.
    OwnActions,
}

impl Reach {
    fn from_code(code: &str) -> Option<Reach> {
        match code {
            "own-subgroup" => Some(Reach::OwnSubgroup),
            "own-actions" => Some(Reach::OwnActions),
            _ => None,
        }
    }
}

const FILE: &str = include_str!("../policy.toml");

/// For each permission, the roles that have it and how far it reaches.
type Policy = BTreeMap<Permission, Vec<(Role, Reach)>>;

static POLICY: LazyLock<Result<Policy, String>> = LazyLock::new(|| read(FILE));

/// Of which things the policy allows this role this permission; `None` when of nothing. Anything in doubt is refused.
pub(crate) fn reach(role: Role, permission: Permission) -> Option<Reach> {
    reach_in(POLICY.as_ref().ok(), role, permission)
}

/// Whether the policy allows this role this permission, of whatever it reaches.
pub(crate) fn allows(role: Role, permission: Permission) -> bool {
    reach(role, permission).is_some()
}

fn reach_in(policy: Option<&Policy>, role: Role, permission: Permission) -> Option<Reach> {
    let rows = policy?.get(&permission)?;
    rows.iter().find(|(allowed, _)| *allowed == role).map(|(_, reach)| *reach)
}

fn read(text: &str) -> Result<Policy, String> {
    let table: BTreeMap<String, Vec<String>> = toml::from_str(text).map_err(|error| error.to_string())?;
    table
        .iter()
        .map(|(code, roles)| {
            let permission =
                Permission::from_code(code).ok_or_else(|| format!("nothing is called {code}"))?;
            Ok((permission, roles.iter().map(|word| read_role(word)).collect::<Result<_, String>>()?))
        })
        .collect()
}

fn read_role(word: &str) -> Result<(Role, Reach), String> {
    let (role, reach) = match word.split_once(':') {
        Some((role, reach)) => {
            (role, Reach::from_code(reach).ok_or_else(|| format!("no reach is called {reach}"))?)
        }
        None => (word, Reach::Everything),
    };
    Ok((Role::from_code(role).ok_or_else(|| format!("no role is called {role}"))?, reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_speaks_of_every_permission() {
        let policy = read(FILE).unwrap();
        for permission in Permission::ALL {
            assert!(policy.contains_key(permission), "{} has no row", permission.code());
        }
    }

    #[test]
    fn doors_are_locked() {
        let check = |role, permission, expected| {
            assert_eq!(allows(role, permission), expected, "{role:?} {permission:?}")
        };
        check(Role::Public, Permission::ReadPublic, true);
        check(Role::Public, Permission::ReadProgramme, false);
        check(Role::Public, Permission::EditProgramme, false);
        check(Role::Reader, Permission::ReadProgramme, true);
        check(Role::Reader, Permission::EditProgramme, false);
        check(Role::Editor, Permission::EditProgramme, true);
        check(Role::Editor, Permission::Administer, false);
        check(Role::Operator, Permission::Administer, true);
        check(Role::Administrator, Permission::Administer, true);
        check(Role::Administrator, Permission::ReadProgramme, false);
        check(Role::PartnerGuest, Permission::ReadProgramme, false);
        check(Role::ClinicNurse, Permission::EditProgramme, false);
        check(Role::Director, Permission::EditProgramme, true);
        check(Role::Director, Permission::Maintain, false);
    }

    #[test]
    fn some_reach_only_their_own() {
        let check = |role, permission, expected| {
            assert_eq!(reach(role, permission), expected, "{role:?} {permission:?}")
        };
        check(Role::Director, Permission::EditActions, Some(Reach::Everything));
        check(Role::SubgroupChair, Permission::EditActions, Some(Reach::OwnSubgroup));
        check(Role::SubgroupChair, Permission::EditIndicators, Some(Reach::OwnSubgroup));
        check(Role::SubgroupChair, Permission::EditProgramme, None);
        check(Role::ActionOwner, Permission::EditActions, Some(Reach::OwnActions));
        check(Role::ActionOwner, Permission::ManageActions, None);
        check(Role::PartnerGuest, Permission::ReadShared, Some(Reach::Everything));
    }

    #[test]
    fn records_of_people_are_for_those_who_look_after_them() {
        let people: Vec<Permission> =
            Permission::ALL.iter().copied().filter(|permission| permission.is_of_people()).collect();
        let none = [
            Role::Public,
            Role::Reader,
            Role::Editor,
            Role::SubgroupChair,
            Role::ActionOwner,
            Role::Analyst,
            Role::ClimateOfficer,
            Role::EmploymentOfficer,
            Role::PartnerGuest,
            Role::Administrator,
        ];
        for role in none {
            for permission in &people {
                assert!(!allows(role, *permission), "{role:?} {permission:?}");
            }
        }
        let readers: Vec<Role> =
            Role::ALL.iter().copied().filter(|role| allows(*role, Permission::ReadRegister)).collect();
        use Role::{Adviser, ClinicNurse, HealthVisitor, HubWorker, ImmunisationLead};
        assert_eq!(readers, [ImmunisationLead, ClinicNurse, HubWorker, HealthVisitor, Adviser]);
        for role in Role::ALL {
            let may = |permission| allows(*role, permission);
            let any =
                people.iter().any(|permission| *permission != Permission::KeepRegister && may(*permission));
            assert_eq!(any && *role != Role::Operator, may(Permission::UseRegister), "{role:?}");
            // Whoever may see a part of a record may read records, and looking for people is for those who may read them.
            let parts = [
                Permission::SeeNhsNumber,
                Permission::SeeContact,
                Permission::SeeFamily,
                Permission::SeeNotes,
            ];
            assert!(!parts.into_iter().any(may) || may(Permission::ReadRegister), "{role:?}");
            assert_eq!(may(Permission::SearchRegister), may(Permission::ReadRegister), "{role:?}");
        }
    }

    #[test]
    fn the_file_speaks_of_every_role() {
        let policy = read(FILE).unwrap();
        for role in Role::ALL {
            let rows = policy.values().flatten().filter(|(allowed, _)| allowed == role).count();
            assert!(rows > 0, "{} has nothing", role.code());
            // Whoever signs in can also see to their own account, and nobody else can.
            let (may, accounts) = (allows(*role, Permission::OwnAccount), Role::OF_ACCOUNTS.contains(role));
            assert_eq!(may, accounts, "{}", role.code());
        }
    }

    #[test]
    fn what_has_no_row_is_refused() {
        let policy = read("read-public = ['public']").unwrap();
        assert!(!policy.contains_key(&Permission::Administer));
        assert!(
            Role::ALL.iter().all(|role| reach_in(Some(&policy), *role, Permission::Administer).is_none())
        );
        assert!(reach_in(None, Role::Operator, Permission::ReadPublic).is_none());
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(read("read-everything = ['public']").is_err());
        assert!(read("read-public = ['everyone']").is_err());
        assert!(read("read-public = ['reader:own-street']").is_err());
    }
}
