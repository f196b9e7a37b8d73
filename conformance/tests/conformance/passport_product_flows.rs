//! What a user does with password and passport secret, and the worlds in which it begins.

use telegram_passport::client::password::{self, UnreadableSecret};
use telegram_passport::client::{
    LosePassportData, NewPassword, Password, PasswordError, Unlocked, create_secret, delete_secret,
    reencrypt_secret, reset_secret, unlock, wait,
};
use telegram_passport::testing::{Document, SimulationError};
use telegram_passport::wrap::{PasswordKdf, wrap_passport_secret};
use telegram_passport_tl::{functions, types};

use super::passport_story_documents::{draft, passport};
use super::passport_story_world::World;

/// What the user does.
pub(super) struct Flow {
    pub(super) name: &'static str,
    pub(super) start: Start,
    pub(super) run: fn(&mut World) -> Result<(), PasswordError<SimulationError>>,
    pub(super) end: End,
}

/// What there is before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    NoPassword,
    /// A password, and no passport secret.
    NoSecret,
    Full,
    /// The same, and the secret is stored by the legacy algorithm.
    Legacy,
}

/// What there is afterwards, if all goes well.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing has changed, but perhaps how the secret is stored.
    Same,
    /// The password is "second".
    Changed,
    /// The secret is another one.
    OtherSecret,
    /// There is no secret.
    NoSecret,
    /// There is no password, and nothing is stored.
    Nothing,
}

pub(super) const FLOWS: [Flow; 11] = [
    Flow {
        name: "unlock",
        start: Start::Full,
        run: |world| unlock_with(world, "first").map(drop),
        end: End::Same,
    },
    Flow {
        name: "log in",
        start: Start::Full,
        run: |world| log_in(world, "first"),
        end: End::Same,
    },
    Flow {
        name: "recovery e-mail",
        start: Start::Full,
        run: |world| {
            let (connection, typed) = (world.anna.connection(), "first".into());
            let (email, random) = ("new@example.org", &mut world.random);
            wait(password::set_recovery_email(
                &connection,
                &typed,
                email,
                random,
            ))
            .map(drop)
        },
        end: End::Same,
    },
    Flow {
        name: "change",
        start: Start::Full,
        run: |world| {
            let (connection, typed) = (world.anna.connection(), "first".into());
            let (new, refuse) = (NewPassword::new("second".into()), UnreadableSecret::Refuse);
            let random = &mut world.random;
            wait(password::change(&connection, &typed, &new, refuse, random)).map(drop)
        },
        end: End::Changed,
    },
    Flow {
        name: "set",
        start: Start::NoPassword,
        run: |world| {
            let new = NewPassword::new("second".into());
            let connection = world.anna.connection();
            wait(password::set(&connection, &new, None, &mut world.random)).map(drop)
        },
        end: End::Changed,
    },
    Flow {
        name: "create",
        start: Start::NoSecret,
        run: |world| with_secret(world, Secret::Create),
        end: End::OtherSecret,
    },
    Flow {
        name: "encrypt anew",
        start: Start::Legacy,
        run: |world| with_secret(world, Secret::Reencrypt),
        end: End::Same,
    },
    Flow {
        name: "reset the secret",
        start: Start::Full,
        run: |world| with_secret(world, Secret::Reset),
        end: End::OtherSecret,
    },
    Flow {
        name: "delete the secret",
        start: Start::Full,
        run: |world| {
            let (connection, typed) = (world.anna.connection(), "first".into());
            let random = &mut world.random;
            wait(delete_secret(&connection, &typed, LosePassportData, random))
        },
        end: End::NoSecret,
    },
    Flow {
        name: "remove",
        start: Start::Full,
        run: |world| {
            let (connection, typed) = (world.anna.connection(), "first".into());
            let random = &mut world.random;
            wait(password::remove(
                &connection,
                &typed,
                LosePassportData,
                random,
            ))
            .map(drop)
        },
        end: End::Nothing,
    },
    Flow {
        name: "recover",
        start: Start::Full,
        run: |world| {
            let connection = world.anna.connection();
            let code = world.anna.code("old@example.org").expect("a code came");
            let (new, lose) = (NewPassword::new("second".into()), LosePassportData);
            let random = &mut world.random;
            wait(password::recover(
                &connection,
                &code,
                Some(&new),
                lose,
                random,
            ))
            .map(drop)
        },
        end: End::Nothing,
    },
];

pub(super) enum Secret {
    Create,
    Reencrypt,
    Reset,
}

pub(super) fn with_secret(
    world: &mut World,
    what: Secret,
) -> Result<(), PasswordError<SimulationError>> {
    let (connection, typed) = (world.anna.connection(), Password::from("first"));
    let random = &mut world.random;
    match what {
        Secret::Create => wait(create_secret(&connection, &typed, random)).map(drop),
        Secret::Reencrypt => wait(reencrypt_secret(&connection, &typed, random)).map(drop),
        Secret::Reset => {
            wait(reset_secret(&connection, &typed, LosePassportData, random)).map(drop)
        }
    }
}

pub(super) fn unlock_with(
    world: &mut World,
    typed: &str,
) -> Result<Unlocked, PasswordError<SimulationError>> {
    let connection = world.anna.connection();
    wait(unlock(&connection, &typed.into(), &mut world.random))
}

pub(super) fn log_in(world: &mut World, typed: &str) -> Result<(), PasswordError<SimulationError>> {
    let connection = world.anna.connection();
    let check = |password| functions::auth::CheckPassword { password };
    let typed = Password::from(typed);
    wait(password::prove(
        &connection,
        &typed,
        &mut world.random,
        check,
    ))
    .map(drop)
}

/// The worlds that all cells branch off from.
pub(super) struct Starts {
    pub(super) full: (World, Unlocked),
    no_secret: World,
    no_password: World,
    legacy: World,
    pub(super) document: Document,
}

impl Starts {
    pub(super) fn new() -> Self {
        let (mut world, unlocked) = World::with_passport();
        let document = passport(1);
        world.save(&unlocked, draft(&document)).expect("saved");
        world.anna.set_recovery_email("old@example.org");
        let connection = world.anna.connection();
        wait(password::request_recovery(&connection)).expect("a code was sent");
        let no_secret = world.branch();
        no_secret.anna.set_secret(None);
        let legacy = world.branch();
        let secret = unlocked.passport_secret();
        let (salt, typed) = (vec![5; 8], "first");
        let kdf = PasswordKdf::Sha512 { salt: salt.clone() };
        legacy.anna.set_secret(Some(types::SecureSecretSettings {
            secure_algo: types::SecurePasswordKdfAlgoSha512 { salt }.into(),
            secure_secret: wrap_passport_secret(secret, typed, &kdf).to_vec(),
            secure_secret_id: secret.id(),
        }));
        Self {
            full: (world, unlocked),
            no_secret,
            no_password: World::new(),
            legacy,
            document,
        }
    }

    pub(super) fn world(&self, start: Start) -> World {
        match start {
            Start::NoPassword => self.no_password.branch(),
            Start::NoSecret => self.no_secret.branch(),
            Start::Full => self.full.0.branch(),
            Start::Legacy => self.legacy.branch(),
        }
    }
}
