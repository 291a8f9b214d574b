//! The commands about people and programs that may ask.

use clap::Subcommand;

/// What to do with people.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add somebody; their password is read from standard input
    #[command(
        after_help = "Example:\n  het user add --email ada@example.org --name 'Ada Example' --role administrator < password.txt"
    )]
    Add {
        /// The address they sign in with
        #[arg(long)]
        email: String,
        /// The name to show on screen
        #[arg(long)]
        name: String,
        /// What they are: director, subgroup-chair, action-owner, …
        #[arg(long, value_parser = role)]
        role: town::Role,
    },
    /// Add somebody, who chooses their password by the link that this prints
    #[command(
        after_help = "Example:\n  het user invite --email ada@example.org --name 'Ada Example' --role director --site https://het.example.org"
    )]
    Invite {
        /// The address they sign in with
        #[arg(long)]
        email: String,
        /// The name to show on screen
        #[arg(long)]
        name: String,
        /// What they are
        #[arg(long, value_parser = role)]
        role: town::Role,
        /// Where people reach het
        #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "ADDRESS", env = "HET_SITE")]
        site: String,
    },
    /// List who may sign in
    List,
    /// Shut an account and end its sessions
    Disable {
        /// The address they sign in with
        email: String,
    },
    /// Open an account again
    Enable {
        /// The address they sign in with
        email: String,
    },
    /// Give somebody another role
    Role {
        /// The address they sign in with
        email: String,
        /// What they are from now on
        #[arg(value_parser = role)]
        role: town::Role,
    },
    /// Say which member of the partnership somebody is, or of which organisation they are a guest: a role reaches their own
    #[command(
        after_help = "Examples:\n  het user place chair@example.org --member member-01\n  het user place guest@example.org --organisation 'Synthetic Housing Association'"
    )]
    Place {
        /// The address they sign in with
        email: String,
        /// The member's code, as on the page of members; nobody when left out
        #[arg(long, default_value = "", hide_default_value = true)]
        member: String,
        /// The organisation's name; none when left out
        #[arg(long, default_value = "", hide_default_value = true)]
        organisation: String,
    },
    /// End the sessions of somebody, or of everybody, and change nothing else
    #[command(
        after_help = "Examples:\n  het user end-sessions ada@example.org\n  het user end-sessions --everybody"
    )]
    EndSessions {
        /// The address they sign in with
        #[arg(required_unless_present = "everybody", conflicts_with = "everybody")]
        email: Option<String>,
        /// Of everybody
        #[arg(long)]
        everybody: bool,
    },
    /// Take somebody's password and sessions away and print a link for a new password
    #[command(
        after_help = "Example:\n  het user reset ada@example.org --second-factor-too --site https://het.example.org"
    )]
    Reset {
        /// The address they sign in with
        email: String,
        /// Take their second factors and their link to a provider away too, because they were lost
        #[arg(long)]
        second_factor_too: bool,
        /// Where people reach het
        #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "ADDRESS", env = "HET_SITE")]
        site: String,
    },
}

/// What to do with programs that may ask.
#[derive(Debug, Subcommand)]
pub enum Machine {
    /// Add a program and print its token, which is shown this once
    #[command(
        after_help = "Example:\n  het machine add --name 'Board in the foyer' --role reader --scope read-programme --days 90\n\nThe program sends it with each request: Authorization: Bearer het_…"
    )]
    Add {
        /// What it is called
        #[arg(long)]
        name: String,
        /// What it is in the policy
        #[arg(long, value_parser = role)]
        role: town::Role,
        /// What of that its token opens, as the policy calls it
        #[arg(long = "scope", required = true, value_parser = permission, value_delimiter = ',')]
        scopes: Vec<town::Permission>,
        /// For how many days, at most 366
        #[arg(long, default_value_t = 90)]
        days: i64,
    },
    /// List the programs
    List,
    /// Take a program's token back
    Revoke {
        /// What it is called
        name: String,
    },
}

pub(super) fn role(code: &str) -> Result<town::Role, String> {
    let found = town::Role::from_code(code).filter(|role| town::Role::OF_ACCOUNTS.contains(role));
    found.ok_or_else(|| {
        let codes: Vec<&str> = town::Role::OF_ACCOUNTS.iter().map(|role| role.code()).collect();
        format!("expected one of: {}", codes.join(", "))
    })
}

fn permission(code: &str) -> Result<town::Permission, String> {
    town::Permission::from_code(code).ok_or_else(|| {
        let codes: Vec<&str> = town::Permission::ALL.iter().map(|permission| permission.code()).collect();
        format!("expected one of: {}", codes.join(", "))
    })
}
