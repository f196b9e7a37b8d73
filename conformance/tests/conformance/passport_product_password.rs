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

use telegram_passport::client::{Connection, PasswordError, StoredSecretError, wait};
use telegram_passport::testing::{Fault, Meanwhile};
use telegram_passport_tl::{enums, functions, types};

use super::passport_product_faults::{
    is_told, is_whole, lies, may_succeed, refusals, secret_events, slow_events, transport,
};
use super::passport_product_flows::{
    End, FLOWS, Flow, Secret, Start, Starts, log_in, unlock_with, with_secret,
};
use super::passport_story_documents::contents;
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
    let connection = world.anna.connection();
    let state = wait(connection.invoke(&functions::account::GetPassword {}));
    let password = state.expect("an answer").into_inner().has_password;
    Seen {
        password: password.map(|it| it.current_algo),
        secret: world.anna.secret(),
    }
}
