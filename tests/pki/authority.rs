//! The authority as a party: what it says it did, and what it holds.

use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey};
use tls_glass::entropy::Environment;
use tls_glass::party::Authority;
use tls_glass::pki::issue::request;
use tls_glass::trace::{Action, BufferKind, Event, Role, ValueKind, ValueName};
use tls_glass::wire::tiles;

use crate::{BOTH, NOW, key, rng};

fn authority(seed: u8) -> Authority {
    Authority::new(Environment::seeded([seed; 32], NOW))
}

fn held(events: &[Event]) -> Vec<ValueName> {
    events.iter().filter_map(|event| if let Event::Held { value } = event { Some(value.name) } else { None }).collect()
}

#[test]
fn it_declares_what_it_holds_and_nothing_of_the_servers() {
    for algorithm in BOTH {
        let mut authority = authority(1);
        assert_eq!(authority.root(), []);
        let unit = authority.establish().expect("an authority");
        assert_eq!((unit.role, unit.action), (Role::Authority, Action::EstablishAuthority));
        let mut declared = held(&unit.events);

        let csr = request(key(algorithm), &["example.test"], &mut rng(4)).expect("a request");
        let (unit, chain) = authority.issue(&csr, &["example.test"]).expect("a chain");
        assert_eq!(unit.action, Action::IssueCertificate);
        assert_eq!(chain.len(), 2);
        declared.extend(held(&unit.events));

        declared.sort();
        let mut holdings: Vec<ValueName> = authority.holdings().iter().map(|holding| holding.name).collect();
        holdings.sort();
        assert_eq!(declared, holdings);
        assert!(!holdings.contains(&ValueName::ServerPrivateKey));
        for secret in key(algorithm).parts().expect("the parts of the server's key") {
            let given_out = [authority.root(), &chain[0], &chain[1]].concat();
            let seen = given_out.windows(secret.bytes.len()).any(|window| window == secret.bytes);
            assert!(!seen, "the server's {} is in what the authority gives out", secret.name);
        }
    }
}

#[test]
fn its_buffers_are_tiled_and_its_keys_have_parts() {
    let mut authority = authority(1);
    let mut events = authority.establish().expect("an authority").events;
    let csr = request(key(KeyAlgorithm::EcdsaP256), &["example.test"], &mut rng(4)).expect("a request");
    let (unit, chain) = authority.issue(&csr, &["example.test"]).expect("a chain");
    events.extend(unit.events);

    let mut kinds = Vec::new();
    for event in &events {
        match event {
            Event::Buffer { buffer } => {
                assert_eq!(tiles(&buffer.fields, 0, buffer.bytes.len()), Ok(()));
                assert_eq!(buffer.id.0 as usize, kinds.len(), "buffers are numbered in order");
                kinds.push(buffer.kind);
            }
            Event::Held { value } if value.kind == ValueKind::PrivateKey => {
                let names: Vec<_> = value.parts.iter().map(|part| part.name).collect();
                assert_eq!(names, ["d", "pkcs8"]);
            }
            _ => {}
        }
    }
    let certificate = BufferKind::Certificate;
    assert_eq!(kinds, [certificate, certificate, BufferKind::CertificateRequest, certificate]);
    assert!(events.iter().any(|event| matches!(event, Event::Buffer { buffer } if buffer.bytes == chain[0])));
    assert!(events.iter().any(|event| matches!(event, Event::Buffer { buffer } if buffer.bytes == authority.root())));
}

#[test]
fn a_bad_request_is_refused_and_leaves_no_trace() {
    let mut authority = authority(1);
    let csr = request(key(KeyAlgorithm::EcdsaP256), &["example.test"], &mut rng(4)).expect("a request");
    assert!(authority.issue(&csr, &["example.test"]).is_err(), "there are no keys yet");
    authority.establish().expect("an authority");
    assert!(authority.issue(b"no request", &["example.test"]).is_err());
    assert!(authority.issue(&csr, &[]).is_err(), "a certificate needs a name");
    assert!(authority.issue(&csr, &["not a name"]).is_err());
    assert_eq!(authority.holdings().len(), 5);
    let (unit, _) = authority.issue(&csr, &["example.test"]).expect("a chain");
    let requests = unit
        .events
        .iter()
        .filter(|event| matches!(event, Event::Buffer { buffer } if buffer.kind == BufferKind::CertificateRequest));
    assert_eq!(requests.count(), 1, "the refused requests' events are gone");
}

#[test]
fn the_same_seed_gives_the_same_certificates() {
    let csr = request(key(KeyAlgorithm::EcdsaP256), &["example.test"], &mut rng(4)).expect("a request");
    let run = |seed| {
        let mut authority = authority(seed);
        authority.establish().expect("an authority");
        let (_, chain) = authority.issue(&csr, &["example.test"]).expect("a chain");
        (authority.root().to_vec(), chain)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    assert!(PrivateKey::from_pkcs8(&run(1).0).is_err());
}
