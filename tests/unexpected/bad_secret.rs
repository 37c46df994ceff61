//! RFC 5246, section 7.4.7.1: from the server's behaviour nobody learns what is wrong with an `EncryptedPreMasterSecret`.

use tls_glass::crypto::signature::PublicKey;
use tls_glass::trace::{Action, Computation, Event, Role, Unit, Value, ValueName};
use tls_glass::wire::codepoint::{AlertDescription, ContentType, HandshakeType};

use crate::common::course::course;
use crate::play::{Awaits, RSA};
use crate::stage::{Stage, message};

#[test]
fn every_bad_encrypted_pre_master_secret_fails_at_the_clients_finished_in_the_same_way() {
    let mut parties = RSA.parties();
    let server_key = {
        // The server's certificate, as the client gets it.
        let certificate = Awaits::Message(HandshakeType::CERTIFICATE);
        let stage = Stage::awaiting(&mut parties, RSA, Role::Client, certificate);
        let length = usize::from(stage.next[8]) << 8 | usize::from(stage.next[9]);
        PublicKey::from_certificate(&stage.next[10..10 + length]).expect("the server's certificate")
    };
    let mut rng = tls_glass::entropy::Entropy::system();
    let mut encrypt = |secret: &[u8]| {
        let mut rng = rng.rng("a man in the middle").expect("random numbers");
        server_key.rsa_encrypt(secret, &mut rng).expect("a ciphertext")
    };
    let secret = |version: [u8; 2], length: usize| [&version[..], &vec![0x42; length - 2]].concat();

    // A good encryption of a secret that is not the client's: what follows differs in values only.
    let good = encrypt(&secret([3, 3], 48));
    let mut flipped = good.clone();
    flipped[200] ^= 1;
    let bad = [
        ("a changed byte", flipped),
        ("a version that the client did not offer", encrypt(&secret([3, 1], 48))),
        ("47 bytes", encrypt(&secret([3, 3], 47))),
        ("49 bytes", encrypt(&secret([3, 3], 49))),
        ("zeros", vec![0; 256]),
        ("more than the modulus", vec![0xff; 256]),
        ("a ciphertext that is too short", good[1..].to_vec()),
        ("a ciphertext that is too long", [&[0], &good[..]].concat()),
        ("no ciphertext", Vec::new()),
    ];

    let mut run = |ciphertext: &[u8]| {
        let key_exchange = Awaits::Message(HandshakeType::CLIENT_KEY_EXCHANGE);
        let mut stage = Stage::awaiting(&mut parties, RSA, Role::Server, key_exchange);
        let length = u16::try_from(ciphertext.len()).expect("a short ciphertext").to_be_bytes();
        let body = [&length[..], ciphertext].concat();
        let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::CLIENT_KEY_EXCHANGE, &body));
        stage.replace_next(&record);
        stage.go_on();
        assert!(stage.is_over());
        check_alternative(&stage.units);
        (course(&stage.units), stage.output().to_vec(), stage.error().map(ToString::to_string))
    };
    let (expected, output, error) = run(&good);
    let alert = [ContentType::ALERT.0, 3, 3, 0, 2, 2, AlertDescription::BAD_RECORD_MAC.0];
    assert_eq!(output, alert, "nothing is said before the client's Finished, and then bad_record_mac");
    assert_eq!(expected.iter().filter(|(action, _)| *action == Action::OpenRecord).count(), 1);
    for (what, ciphertext) in bad {
        let seen = run(&ciphertext);
        assert_eq!(seen.0, expected, "{what}: the same course");
        assert_eq!((&seen.1, &seen.2), (&output, &error), "{what}: the same answer");
    }
}

/// The server tells that it drew an alternative, in the unit that decrypts and before it does, and nothing of its bytes: what it
/// goes on with stands in its trace as `pre_master_secret` and as nothing else, so that nobody can see which of the two it is.
fn check_alternative(units: &[Unit]) {
    let decrypting = |unit: &&Unit| unit.action == Action::DecryptPreMasterSecret;
    let [unit] = units.iter().filter(decrypting).collect::<Vec<_>>()[..] else { panic!("one unit decrypts") };
    let computed: Vec<&Computation> = unit
        .events
        .iter()
        .filter_map(|event| if let Event::Computation(computation) = event { Some(computation) } else { None })
        .collect();
    let [random, decrypt] = computed[..] else { panic!("one draw and one decryption: {computed:?}") };
    assert_eq!((random.function.as_str(), decrypt.function.as_str()), ("Random", "RSAES-PKCS1-v1_5-Decrypt"));
    let [alternative] = &random.outputs[..] else { panic!("one value is drawn: {random:?}") };
    assert_eq!((alternative.name, alternative.parts.len()), (ValueName::RandomAlternative, 0));

    let secret = &decrypt.outputs[0].parts[0].bytes;
    assert_eq!(secret.len(), 48);
    for (unit, value) in units.iter().flat_map(|unit| values(unit).into_iter().map(move |value| (unit, value))) {
        let tells = value.parts.iter().any(|part| part.bytes.windows(46).any(|bytes| bytes == &secret[2..]));
        assert_eq!(tells, value.name == ValueName::PreMasterSecret, "{} in {:?}", value.name, unit.action);
    }
}

/// All values that a unit tells of.
fn values(unit: &Unit) -> Vec<&Value> {
    unit.events
        .iter()
        .flat_map(|event| match event {
            Event::Computation(computation) => computation.inputs.iter().chain(&computation.outputs).collect(),
            Event::Held { value } => vec![value],
            _ => Vec::new(),
        })
        .collect()
}
