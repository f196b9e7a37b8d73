//! Password and passport secret under every fault: whatever comes of a call, one password that the
//! user knows opens what was stored, and no secret is given up that nobody asked to give up.
//!
//! Each proof and each secret takes 100 000 rounds of PBKDF2, so this part of the product is a sample,
//! always the same one: every fault of each method in the flow that comes to it soonest, and the
//! faults that leave something changed in all flows. Left out are refusals that have nothing to do
//! with passwords, and events in flows that mind no event. With `PASSPORT_WHOLE_PRODUCT` in the
//! environment it is the whole product, which takes minutes.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

use telegram_passport::client::password::{self, UnreadableSecret};
use telegram_passport::client::{
    LosePassportData, NewPassword, Password, PasswordError, StoredSecretError, Unlocked,
    create_secret, delete_secret, reencrypt_secret, reset_secret, unlock, wait,
};
use telegram_passport::testing::{Document, Fault, Meanwhile, SimulationError};
use telegram_passport::wrap::{PasswordKdf, wrap_passport_secret};
use telegram_passport_tl::{enums, functions, types};

use super::passport_product_faults::{
    is_told, is_whole, lies, may_succeed, refusals, secret_events, slow_events, transport,
};
use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::World;

#[test]
fn refusals_by_name() {
    product(Kind::Refusal);
}

#[test]
fn calls_and_answers_go_astray() {
    product(Kind::Transport);
}

#[test]
fn the_server_lies() {
    product(Kind::Lie);
}

#[test]
fn other_apps_change_password_and_secret_meanwhile() {
    product(Kind::Event);
}

/// What the user does.
struct Flow {
    name: &'static str,
    start: Start,
    run: fn(&mut World) -> Result<(), PasswordError<SimulationError>>,
    end: End,
}

/// What there is before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    NoPassword,
    /// A password, and no passport secret.
    NoSecret,
    Full,
    /// The same, and the secret is stored by the legacy algorithm.
    Legacy,
}

/// What there is afterwards, if all goes well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
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

const FLOWS: [Flow; 11] = [
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

enum Secret {
    Create,
    Reencrypt,
    Reset,
}

fn with_secret(world: &mut World, what: Secret) -> Result<(), PasswordError<SimulationError>> {
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

fn unlock_with(world: &mut World, typed: &str) -> Result<Unlocked, PasswordError<SimulationError>> {
    let connection = world.anna.connection();
    wait(unlock(&connection, &typed.into(), &mut world.random))
}

fn log_in(world: &mut World, typed: &str) -> Result<(), PasswordError<SimulationError>> {
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Refusal,
    Transport,
    Event,
    Lie,
}

impl Kind {
    fn faults(self, method: &str, number: usize) -> Vec<Fault> {
        match self {
            Self::Refusal => refusals(method),
            // These calls have nothing to do with parts of files.
            Self::Transport => transport().into_iter().take(7).collect(),
            Self::Lie => lies(number),
            Self::Event => [slow_events("first"), secret_events()].concat(),
        }
    }
}

/// The worlds that all cells branch off from.
struct Starts {
    full: (World, Unlocked),
    no_secret: World,
    no_password: World,
    legacy: World,
    document: Document,
}

impl Starts {
    fn new() -> Self {
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

    fn world(&self, start: Start) -> World {
        match start {
            Start::NoPassword => self.no_password.branch(),
            Start::NoSecret => self.no_secret.branch(),
            Start::Full => self.full.0.branch(),
            Start::Legacy => self.legacy.branch(),
        }
    }
}

fn product(kind: Kind) {
    let (starts, calls) = base();
    let mut met = BTreeSet::new();
    for (flow, calls) in FLOWS.iter().zip(calls) {
        for (number, method) in calls.iter().enumerate() {
            let index = calls[..number].iter().filter(|it| *it == method).count();
            for fault in kind.faults(method, number) {
                let cell = Cell {
                    starts,
                    flow,
                    method,
                    index,
                    fault,
                };
                let fault = format!("{method} {:?}", cell.fault);
                if is_whole() || cell.is_telling() && (met.insert(fault) || cell.is_change()) {
                    cell.run();
                }
            }
        }
    }
}

/// Where everything begins, and what each flow calls if nothing goes wrong.
fn base() -> &'static (Starts, Vec<Vec<&'static str>>) {
    static BASE: OnceLock<(Starts, Vec<Vec<&'static str>>)> = OnceLock::new();
    BASE.get_or_init(|| {
        let starts = Starts::new();
        let calls = |flow: &Flow| {
            let mut world = starts.world(flow.start);
            let so_far = world.telegram.calls().len();
            (flow.run)(&mut world).expect(flow.name);
            world.telegram.calls().split_off(so_far)
        };
        let calls = FLOWS.iter().map(calls).collect();
        (starts, calls)
    })
}

/// One fault at one call.
struct Cell<'a> {
    starts: &'a Starts,
    flow: &'a Flow,
    method: &'a str,
    index: usize,
    fault: Fault,
}

/// What can be seen of password and secret without a proof.
#[derive(PartialEq, Eq)]
struct Seen {
    password: Option<enums::PasswordKdfAlgo>,
    secret: Option<types::SecureSecretSettings>,
}

impl Cell<'_> {
    /// Whether the cell belongs to the sample.
    fn is_telling(&self) -> bool {
        let flow = self.flow.name;
        match &self.fault {
            // `passport_product` has these.
            Fault::Rpc(_) if self.method == "auth.recoverPassword" => false,
            Fault::Rpc(name) => {
                ["PASSWORD_", "SESSION_", "SRP_", "INTERNAL", "NEW_"]
                    .iter()
                    .any(|it| name.starts_with(it))
                    || self.method == "account.getPassword"
            }
            Fault::AnswerLost => true,
            Fault::Answered(bytes) => {
                self.method == "account.getPassword"
                    || bytes.is_empty() && flow == "unlock"
                    || self.method == "account.updatePasswordSettings" && bytes.len() == 4
            }
            Fault::AnswerFlipped(bit) => flow == "unlock" && bit % 2 == 0,
            Fault::Twice if self.is_change() => self.flow.end == End::Changed,
            Fault::Meanwhile(Meanwhile::SecretReplaced(_)) => {
                ["unlock", "change", "create"].contains(&flow)
            }
            Fault::Meanwhile(Meanwhile::PasswordChanged { .. } | Meanwhile::SecretDamaged) => {
                flow == "change"
            }
            Fault::Meanwhile(_) if self.method == "account.getPassword" => false,
            Fault::Meanwhile(_) if self.method == "account.getPasswordSettings" => flow == "unlock",
            Fault::Meanwhile(_) => flow == "recovery e-mail",
            _ => self.method != "auth.recoverPassword",
        }
    }

    /// Whether the call changes something; then all flows are tried.
    fn is_change(&self) -> bool {
        self.method == "account.updatePasswordSettings"
            && matches!(
                self.fault,
                Fault::AnswerLost | Fault::Twice | Fault::Meanwhile(_)
            )
    }

    fn run(&self) {
        let mut world = self.starts.world(self.flow.start);
        let before = seen(&world);
        let faults = world.telegram.faults();
        faults.after(self.index, self.method, self.fault.clone());
        let result = (self.flow.run)(&mut world);
        assert_eq!(faults.waiting(), 0, "{self}: it has not happened");
        match &result {
            Ok(()) => assert!(may_succeed(&self.fault), "{self}: nothing was said"),
            Err(error) => assert!(is_told(&self.fault, error), "{self}: {error:?}"),
        }
        self.look_at_values(&world);
        let now = seen(&world);
        if now == before {
            // To take the flow again is to take it without a fault.
            let is_right = result.is_err() || self.flow.end == End::Same;
            assert!(is_right, "{self}: nothing has changed");
            return;
        }
        if now.password.is_some() && self.flow.start != Start::NoPassword {
            self.open(&mut world, &now, &before);
        }
        if result.is_ok() && !matches!(self.fault, Fault::Meanwhile(_)) {
            self.look_at_end(&mut world, &now);
        }
        if let (Err(_), End::OtherSecret, None) = (&result, self.flow.end, &now.secret) {
            // Cut off between the two: one goes on from there.
            let is_password = now.password == before.password;
            let created = with_secret(&mut world, Secret::Create);
            assert!(created.is_ok() || !is_password, "{self}: {created:?}");
        }
    }

    /// What is stored can be read with the secret, unless it was to be given up.
    fn look_at_values(&self, world: &World) {
        let expected = match self.flow.start {
            Start::NoPassword => contents([]),
            _ => contents([&self.starts.document]),
        };
        let kept = world.kept(&self.starts.full.1);
        let is_gone = matches!(self.fault, Fault::Meanwhile(Meanwhile::PasswordRemoved))
            || self.flow.end == End::Nothing;
        assert!(kept == expected || is_gone && kept.is_empty(), "{self}");
    }

    /// One of the passwords that the user knows is the right one; and it opens the secret, unless
    /// that was given up, or another app has made it unreadable.
    fn open(&self, world: &mut World, now: &Seen, before: &Seen) {
        let mut candidates = vec!["first"];
        if now.password != before.password {
            candidates = match &self.fault {
                Fault::Meanwhile(
                    Meanwhile::PasswordChanged { .. } | Meanwhile::PasswordChangedAlone(_),
                ) => vec!["theirs", "second"],
                _ => vec!["second"],
            };
        }
        let mut opened = candidates
            .into_iter()
            .map(|typed| unlock_with(world, typed));
        let wrong = |it: &Result<_, _>| matches!(it, Err(PasswordError::WrongPassword));
        let opened = opened.find(|it| !wrong(it));
        let opened = opened.unwrap_or_else(|| panic!("{self}: no password is the right one"));
        let secret = self.starts.full.1.passport_secret();
        match opened {
            Ok(opened) if opened.passport_secret() == secret => {}
            Ok(_) => assert!(
                self.flow.end == End::OtherSecret
                    || matches!(self.fault, Fault::Meanwhile(Meanwhile::SecretReplaced(_))),
                "{self}: the secret is another one"
            ),
            Err(PasswordError::StoredSecret(StoredSecretError::Absent)) => assert!(
                matches!(
                    self.flow.end,
                    End::NoSecret | End::OtherSecret | End::Nothing
                ) || matches!(self.fault, Fault::Meanwhile(Meanwhile::SecretDeleted)),
                "{self}: the secret is gone"
            ),
            Err(PasswordError::StoredSecret(_)) => assert!(
                matches!(
                    self.fault,
                    Fault::Meanwhile(
                        Meanwhile::PasswordChangedAlone(_)
                            | Meanwhile::SecretDamaged
                            | Meanwhile::SecretIdChanged
                    )
                ),
                "{self}: the secret cannot be read"
            ),
            Err(error) => panic!("{self}: {error:?}"),
        }
    }

    /// What was to be done is done.
    fn look_at_end(&self, world: &mut World, now: &Seen) {
        match self.flow.end {
            End::Nothing => assert!(world.anna.stored_types().is_empty(), "{self}"),
            End::NoSecret => assert!(now.secret.is_none(), "{self}"),
            End::OtherSecret => assert!(now.secret.is_some(), "{self}"),
            End::Changed if self.flow.start == Start::NoPassword => {
                log_in(world, "second").expect("it was set");
            }
            End::Changed | End::Same => {}
        }
    }
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, index, flow) = (self.method, self.index, self.flow.name);
        write!(f, "{:?} at {method} {index} of \"{flow}\"", self.fault)
    }
}

fn seen(world: &World) -> Seen {
    let state = wait(telegram_passport::client::Connection::invoke(
        &world.anna.connection(),
        &functions::account::GetPassword {},
    ));
    let password = state.expect("an answer").into_inner().has_password;
    Seen {
        password: password.map(|it| it.current_algo),
        secret: world.anna.secret(),
    }
}
