//! The client's checks over a matrix of broken chains: which check notices which defect, and that all checks hold exactly
//! when the verdict does.

use proptest::prelude::*;
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey};
use tls_glass::error::CertificateError;
use tls_glass::pki::annotate;
use tls_glass::pki::issue::server_profile;
use tls_glass::pki::profile::{Constraints, ID_KP_CLIENT_AUTH, Issuer, KeyUsages, Profile, certify};
use tls_glass::pki::verify::{Holder, KeyUse, MAX_INTERMEDIATES, Requirement, Verification, verify_chain};
use tls_glass::trace::{CheckName, Outcome};

use crate::{NOW, key, rng};

const DAY: u64 = 86_400;

/// What can be wrong with a chain of a root, an intermediate and a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Defect {
    LeafExpired,
    LeafNotYetValid,
    LeafEndsBeforeItBegins,
    IntermediateExpired,
    IntermediateNotYetValid,
    OtherName,
    NoName,
    ServerNameIsNoName,
    LeafForClientsOnly,
    LeafForNothing,
    IntermediateForClientsOnly,
    LeafWithoutDigitalSignature,
    OtherKeyThanTheSuites,
    LeafSignedByAnotherKey,
    IntermediateSignedByAnotherKey,
    LeafSelfSigned,
    LeafIsAuthority,
    IntermediateIsNoAuthority,
    IntermediateWithoutKeyCertSign,
    IntermediateMissing,
    ChainReversed,
    LeafGarbage,
    IntermediateGarbage,
    ChainEmpty,
    OtherRoot,
    NoRoot,
}

use Defect as D;

const DEFECTS: [Defect; 26] = [
    D::LeafExpired,
    D::LeafNotYetValid,
    D::LeafEndsBeforeItBegins,
    D::IntermediateExpired,
    D::IntermediateNotYetValid,
    D::OtherName,
    D::NoName,
    D::ServerNameIsNoName,
    D::LeafForClientsOnly,
    D::LeafForNothing,
    D::IntermediateForClientsOnly,
    D::LeafWithoutDigitalSignature,
    D::OtherKeyThanTheSuites,
    D::LeafSignedByAnotherKey,
    D::IntermediateSignedByAnotherKey,
    D::LeafSelfSigned,
    D::LeafIsAuthority,
    D::IntermediateIsNoAuthority,
    D::IntermediateWithoutKeyCertSign,
    D::IntermediateMissing,
    D::ChainReversed,
    D::LeafGarbage,
    D::IntermediateGarbage,
    D::ChainEmpty,
    D::OtherRoot,
    D::NoRoot,
];

struct Keys {
    root: PrivateKey,
    intermediate: PrivateKey,
    other: PrivateKey,
}

fn keys() -> &'static Keys {
    static KEYS: std::sync::OnceLock<Keys> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| {
        let key = |seed| PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).expect("a key");
        Keys { root: key(20), intermediate: key(21), other: key(22) }
    })
}

/// The authority's certificate of this name, holding for a year around now.
fn authority_profile(subject: &str, path_length: Option<u8>) -> Profile {
    Profile {
        subject: subject.into(),
        not_before: NOW - 100 * DAY,
        not_after: NOW + 265 * DAY,
        constraints: Constraints::Authority { path_length },
        key_usage: Some(KeyUsages::KeyCertSign.into()),
        extended_key_usage: None,
        names: Vec::new(),
    }
}

fn leaf_profile() -> Profile {
    server_profile(KeyAlgorithm::EcdsaP256, &["example.test"], NOW)
}

fn certificate(profile: &Profile, subject: &PrivateKey, issuer: &str, issuer_key: &PrivateKey) -> Vec<u8> {
    let issuer = Issuer { name: issuer, key: issuer_key };
    certify(profile, &subject.public_key().expect("a public key"), issuer, &mut rng(30)).expect("a certificate")
}

fn requirement() -> Requirement {
    Requirement {
        holder: Holder::Server { name: "example.test".into(), key: KeyAlgorithm::EcdsaP256 },
        now: NOW,
        usage: KeyUse::DigitalSignature,
    }
}

fn set_name(requirement: &mut Requirement, asked: &str) {
    if let Holder::Server { name, .. } = &mut requirement.holder {
        *name = asked.into();
    }
}

fn set_key(requirement: &mut Requirement, asked: KeyAlgorithm) {
    if let Holder::Server { key, .. } = &mut requirement.holder {
        *key = asked;
    }
}

fn root() -> Vec<u8> {
    certificate(&authority_profile("root", None), &keys().root, "root", &keys().root)
}

/// A chain with these defects, what is trusted, and what is asked.
fn build(defects: &[Defect]) -> (Vec<Vec<u8>>, Vec<Vec<u8>>, Requirement) {
    let has = |defect| defects.contains(&defect);
    let server_key = key(KeyAlgorithm::EcdsaP256);
    let mut requirement = requirement();

    let mut intermediate = authority_profile("intermediate", Some(0));
    if has(D::IntermediateExpired) {
        (intermediate.not_before, intermediate.not_after) = (NOW - 300 * DAY, NOW - DAY / 2);
    }
    if has(D::IntermediateNotYetValid) {
        (intermediate.not_before, intermediate.not_after) = (NOW + DAY, NOW + 300 * DAY);
    }
    if has(D::IntermediateForClientsOnly) {
        intermediate.extended_key_usage = Some(vec![ID_KP_CLIENT_AUTH]);
    }
    if has(D::IntermediateIsNoAuthority) {
        intermediate.constraints = Constraints::EndEntity;
    }
    if has(D::IntermediateWithoutKeyCertSign) {
        intermediate.key_usage = Some(KeyUsages::DigitalSignature.into());
    }

    let mut leaf = leaf_profile();
    if has(D::LeafExpired) {
        (leaf.not_before, leaf.not_after) = (NOW - 60 * DAY, NOW - DAY);
    }
    if has(D::LeafNotYetValid) {
        (leaf.not_before, leaf.not_after) = (NOW + DAY, NOW + 60 * DAY);
    }
    if has(D::LeafEndsBeforeItBegins) {
        (leaf.not_before, leaf.not_after) = (NOW + DAY, NOW - DAY);
    }
    if has(D::OtherName) {
        leaf.names = vec!["other.test".into()];
    }
    if has(D::NoName) {
        leaf.names.clear();
    }
    if has(D::ServerNameIsNoName) {
        set_name(&mut requirement, "not a name");
    }
    if has(D::LeafForClientsOnly) {
        leaf.extended_key_usage = Some(vec![ID_KP_CLIENT_AUTH]);
    }
    if has(D::LeafForNothing) {
        leaf.extended_key_usage = Some(Vec::new());
    }
    if has(D::LeafWithoutDigitalSignature) {
        leaf.key_usage = Some(KeyUsages::KeyAgreement.into());
    }
    if has(D::OtherKeyThanTheSuites) {
        set_key(&mut requirement, KeyAlgorithm::Rsa);
    }
    if has(D::LeafIsAuthority) {
        leaf.constraints = Constraints::Authority { path_length: None };
    }

    let intermediate_signer = if has(D::IntermediateSignedByAnotherKey) { &keys().other } else { &keys().root };
    let (leaf_issuer, leaf_signer) = match (has(D::LeafSelfSigned), has(D::LeafSignedByAnotherKey)) {
        (true, _) => ("example.test", server_key),
        (false, true) => ("intermediate", &keys().other),
        (false, false) => ("intermediate", &keys().intermediate),
    };
    let mut leaf = certificate(&leaf, server_key, leaf_issuer, leaf_signer);
    let mut intermediate = certificate(&intermediate, &keys().intermediate, "root", intermediate_signer);
    if has(D::LeafGarbage) {
        leaf = b"no certificate".to_vec();
    }
    if has(D::IntermediateGarbage) {
        intermediate.truncate(100);
    }

    let mut chain = vec![leaf, intermediate];
    if has(D::IntermediateMissing) {
        chain.pop();
    }
    if has(D::ChainReversed) {
        chain.reverse();
    }
    if has(D::ChainEmpty) {
        chain.clear();
    }
    let anchors = if has(D::NoRoot) {
        vec![]
    } else if has(D::OtherRoot) {
        vec![certificate(&authority_profile("other root", None), &keys().other, "other root", &keys().other)]
    } else {
        vec![root()]
    };
    (chain, anchors, requirement)
}

fn verify(defects: &[Defect]) -> Verification {
    let (chain, anchors, requirement) = build(defects);
    verify_chain(&chain, &anchors, &requirement)
}

fn all_hold(verification: &Verification) -> bool {
    verification.checks.iter().all(|check| check.outcome.passed())
}

/// Asserts the rule, and that every check was made.
fn assert_agreement(verification: &Verification, what: &dyn core::fmt::Debug) {
    assert_eq!(all_hold(verification), verification.verdict.is_ok(), "{what:?}: {verification:#?}");
    assert_eq!(verification.verdict_check().outcome.passed(), verification.verdict.is_ok());
    for name in [
        CheckName::CertificatePath,
        CheckName::CertificateIssuerKeyUsage,
        CheckName::CertificateName,
        CheckName::CertificateExtendedKeyUsage,
        CheckName::CertificateKeyUsage,
        CheckName::CertificateKeyFitsSuite,
    ] {
        let count = verification.checks.iter().filter(|check| check.name == name).count();
        assert_eq!(count, 1, "{what:?}: {name:?}");
    }
    assert!(verification.checks.iter().any(|check| check.name == CheckName::CertificateDates), "{what:?}");
    for check in &verification.checks {
        if let Outcome::Failed { reason } | Outcome::NotReached { reason } = &check.outcome {
            assert!(!reason.is_empty(), "{what:?}: {check:?}");
        }
    }
}

fn with_outcome(verification: &Verification, pick: fn(&Outcome) -> bool) -> Vec<CheckName> {
    let mut names: Vec<_> =
        verification.checks.iter().filter(|check| pick(&check.outcome)).map(|check| check.name).collect();
    names.dedup();
    names
}

#[test]
fn a_chain_without_defect_passes_every_check() {
    let verification = verify(&[]);
    assert_eq!(verification.verdict, Ok(()));
    assert_agreement(&verification, &"no defect");
    let dates: Vec<_> = verification.checks.iter().filter(|check| check.name == CheckName::CertificateDates).collect();
    assert_eq!(dates.iter().map(|check| &check.subject[..]).collect::<Vec<_>>(), ["example.test", "intermediate"]);
}

/// What a single defect gives: the checks that fail, the checks that are not reached, and the verdict's kind.
#[test]
fn each_defect_is_noticed_by_the_checks_it_concerns_and_no_others() {
    use CheckName::{
        CertificateDates as Dates, CertificateExtendedKeyUsage as Purpose, CertificateIssuerKeyUsage as Issuers,
        CertificateKeyFitsSuite as Fits, CertificateKeyUsage as Usage, CertificateName as Name,
        CertificatePath as Path,
    };
    let expectation = |defect| -> (&[CheckName], &[CheckName], &str) {
        match defect {
            D::LeafExpired | D::LeafNotYetValid | D::IntermediateExpired | D::IntermediateNotYetValid => {
                (&[Dates], &[], "not valid now")
            }
            D::LeafEndsBeforeItBegins => (&[Dates], &[Path, Purpose], "is bad"),
            D::OtherName | D::NoName | D::ServerNameIsNoName => (&[Name], &[], "for another name"),
            D::LeafForClientsOnly | D::IntermediateForClientsOnly => (&[Purpose], &[], "may not be used"),
            D::LeafForNothing => (&[Purpose], &[Path], "may not be used"),
            D::LeafWithoutDigitalSignature => (&[Usage], &[], "may not be used"),
            D::OtherKeyThanTheSuites => (&[Fits], &[], "may not be used"),
            D::LeafSignedByAnotherKey | D::IntermediateSignedByAnotherKey => (&[Path], &[], "is bad"),
            D::LeafSelfSigned | D::IntermediateMissing | D::OtherRoot | D::NoRoot => (&[Path], &[], "no chain leads"),
            D::LeafIsAuthority => (&[Path], &[Purpose], "may not be used"),
            D::IntermediateIsNoAuthority => (&[Path], &[], "may not be used"),
            D::IntermediateWithoutKeyCertSign => (&[Issuers], &[], "the key usage of intermediate lacks keyCertSign"),
            // The two certificates stand in each other's place.
            D::ChainReversed => (&[Path, Issuers, Name, Usage], &[Purpose], "may not be used"),
            D::LeafGarbage => (&[Path], &[Issuers, Dates, Name, Purpose, Usage, Fits], "is bad"),
            D::IntermediateGarbage => (&[Path], &[Issuers, Dates], "is bad"),
            D::ChainEmpty => (&[Path], &[Issuers, Dates, Name, Purpose, Usage, Fits], "no certificate"),
        }
    };
    for defect in DEFECTS {
        let verification = verify(&[defect]);
        assert_agreement(&verification, &defect);
        let (failed, unreached, verdict) = expectation(defect);
        let fails = with_outcome(&verification, |outcome| matches!(outcome, Outcome::Failed { .. }));
        assert_eq!(fails, failed, "{defect:?}: {verification:#?}");
        let unasked = with_outcome(&verification, |outcome| matches!(outcome, Outcome::NotReached { .. }));
        assert_eq!(unasked, unreached, "{defect:?}: {verification:#?}");
        let message = verification.verdict.expect_err("a defect").to_string();
        assert!(message.contains(verdict), "{defect:?}: {message}");
    }
}

#[test]
fn checks_and_verdict_agree_on_every_pair_of_defects() {
    for (at, one) in DEFECTS.into_iter().enumerate() {
        for two in &DEFECTS[..at] {
            let verification = verify(&[one, *two]);
            assert!(verification.verdict.is_err(), "{one:?} and {two:?}");
            assert_agreement(&verification, &(one, two));
        }
    }
}

#[test]
fn a_failed_check_says_why_in_words() {
    let reason = |defect, name| {
        let verification = verify(&[defect]);
        let check = verification.checks.into_iter().find(|check| check.name == name && !check.outcome.passed());
        match check.expect("a check that fails").outcome {
            Outcome::Failed { reason } => reason,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason(D::LeafExpired, CheckName::CertificateDates), "a certificate held until 2026-11-19T12:00:00Z");
    assert_eq!(reason(D::OtherName, CheckName::CertificateName), "it is for other.test, not for example.test");
    assert_eq!(reason(D::NoName, CheckName::CertificateName), "it is for no name at all, not for example.test");
    assert_eq!(
        reason(D::LeafWithoutDigitalSignature, CheckName::CertificateKeyUsage),
        "its key usage lacks digitalSignature"
    );
    assert_eq!(
        reason(D::OtherKeyThanTheSuites, CheckName::CertificateKeyFitsSuite),
        "its key is ECDSA P-256, and the cipher suite calls for RSA"
    );
}

#[test]
fn certificates_that_hold_at_no_common_time_leave_the_path_unasked() {
    let verification = verify(&[D::LeafNotYetValid, D::IntermediateExpired]);
    assert_agreement(&verification, &"disjoint validities");
    assert!(matches!(verification.checks[0].outcome, Outcome::NotReached { .. }), "{verification:#?}");
    let dates = verification.checks.iter().filter(|check| check.name == CheckName::CertificateDates);
    assert_eq!(dates.filter(|check| !check.outcome.passed()).count(), 2);
}

#[test]
fn certificates_that_are_not_on_the_path_do_not_count() {
    let (mut chain, anchors, requirement) = build(&[]);
    let (broken, ..) = build(&[D::IntermediateExpired]);
    let surplus = [broken[1].clone(), b"no certificate".to_vec(), root(), chain[0].clone()];
    for (at, extra) in surplus.iter().enumerate() {
        for place in [1, chain.len()] {
            let mut longer = chain.clone();
            longer.insert(place, extra.clone());
            let verification = verify_chain(&longer, &anchors, &requirement);
            assert_eq!(verification.verdict, Ok(()), "surplus {at} in place {place}");
            assert_agreement(&verification, &(at, place));
        }
    }
    chain.extend(surplus);
    assert_agreement(&verify_chain(&chain, &anchors, &requirement), &"all of them");
}

#[test]
fn an_intermediate_below_one_that_allows_none_is_refused() {
    let low = authority_profile("low", None);
    let high = authority_profile("intermediate", Some(0));
    let chain = [
        certificate(&leaf_profile(), key(KeyAlgorithm::EcdsaP256), "low", &keys().other),
        certificate(&low, &keys().other, "intermediate", &keys().intermediate),
        certificate(&high, &keys().intermediate, "root", &keys().root),
    ];
    let verification = verify_chain(&chain, &[root()], &requirement());
    assert_agreement(&verification, &"path length");
    assert!(matches!(verification.verdict, Err(CertificateError::WrongUsage(_))), "{:?}", verification.verdict);
}

#[test]
fn an_issuer_that_may_not_sign_is_passed_over_where_another_path_leads_past_it() {
    let (good, anchors, requirement) = build(&[]);
    let (bad, ..) = build(&[D::IntermediateWithoutKeyCertSign]);
    for chain in
        [[good[0].clone(), bad[1].clone(), good[1].clone()], [good[0].clone(), good[1].clone(), bad[1].clone()]]
    {
        let verification = verify_chain(&chain, &anchors, &requirement);
        assert_eq!(verification.verdict, Ok(()));
        assert_agreement(&verification, &"two intermediates of one name and key");
    }
}

#[test]
fn an_issuer_whose_key_usage_is_not_there_may_sign() {
    let mut profile = authority_profile("intermediate", Some(0));
    profile.key_usage = None;
    let (mut chain, anchors, requirement) = build(&[]);
    chain[1] = certificate(&profile, &keys().intermediate, "root", &keys().root);
    let verification = verify_chain(&chain, &anchors, &requirement);
    assert_eq!(verification.verdict, Ok(()));
    assert_agreement(&verification, &"no key usage");
}

#[test]
fn a_clients_issuer_without_key_cert_sign_is_refused_too() {
    let mut leaf = leaf_profile();
    leaf.extended_key_usage = Some(vec![ID_KP_CLIENT_AUTH]);
    let leaf = certificate(&leaf, key(KeyAlgorithm::EcdsaP256), "intermediate", &keys().intermediate);
    for (defects, passes) in [(&[][..], true), (&[D::IntermediateWithoutKeyCertSign][..], false)] {
        let (chain, anchors, mut requirement) = build(defects);
        requirement.holder = Holder::Client;
        let verification = verify_chain(&[leaf.clone(), chain[1].clone()], &anchors, &requirement);
        assert_eq!(verification.verdict.is_ok(), passes, "{verification:#?}");
        let failed = with_outcome(&verification, |outcome| !outcome.passed());
        assert_eq!(failed, if passes { vec![] } else { vec![CheckName::CertificateIssuerKeyUsage] });
    }
}

#[test]
fn a_path_may_have_six_intermediates_and_the_seventh_is_refused_by_number() {
    for (count, passes) in [(MAX_INTERMEDIATES, true), (MAX_INTERMEDIATES + 1, false)] {
        let (mut issuer, mut issuer_key) = ("root".to_owned(), &keys().root);
        let mut chain = Vec::new();
        for at in 0..count {
            let subject = format!("intermediate {at}");
            let subject_key = if at % 2 == 0 { &keys().intermediate } else { &keys().other };
            chain.insert(0, certificate(&authority_profile(&subject, None), subject_key, &issuer, issuer_key));
            (issuer, issuer_key) = (subject, subject_key);
        }
        chain.insert(0, certificate(&leaf_profile(), key(KeyAlgorithm::EcdsaP256), &issuer, issuer_key));
        let verification = verify_chain(&chain, &[root()], &requirement());
        assert_agreement(&verification, &count);
        match verification.verdict {
            Ok(()) => assert!(passes, "{count}"),
            Err(error) => {
                assert!(!passes, "{count}: {error}");
                let limit = format!("the path has more than {MAX_INTERMEDIATES} intermediate certificates");
                assert!(error.to_string().contains(&limit), "{error}");
            }
        }
    }
}

#[test]
fn a_name_that_would_change_how_it_is_shown_is_escaped() {
    let name = "bank\u{202e}\u{200b}\u{1b}[2J";
    let shown = "bank\\u{202e}\\u{200b}\\u{1b}[2J";
    let mut profile = authority_profile(name, Some(0));
    profile.key_usage = Some(KeyUsages::DigitalSignature.into());
    let (mut chain, anchors, requirement) = build(&[]);
    chain[0] = certificate(&leaf_profile(), key(KeyAlgorithm::EcdsaP256), name, &keys().intermediate);
    chain[1] = certificate(&profile, &keys().intermediate, "root", &keys().root);
    let verification = verify_chain(&chain, &anchors, &requirement);
    let error = verification.verdict.expect_err("an issuer that may not sign").to_string();
    assert!(error.contains(shown), "{error:?}");
    assert!(verification.checks.iter().any(|check| check.subject == shown), "{:?}", verification.checks);
    let fields = format!("{:?}", annotate(&chain[1]));
    assert!(fields.contains(&format!("{shown:?}")) && !fields.contains(&format!("{name:?}")), "{fields}");
}

#[test]
fn a_certificate_that_is_itself_trusted_needs_no_issuer() {
    let server_key = key(KeyAlgorithm::EcdsaP256);
    let chain = [certificate(&leaf_profile(), server_key, "example.test", server_key)];
    let verification = verify_chain(&chain, &chain, &requirement());
    assert_eq!(verification.verdict, Ok(()));
    assert_agreement(&verification, &"trusted by itself");
}

#[test]
fn a_key_usage_that_is_not_there_restricts_nothing() {
    let mut profile = leaf_profile();
    profile.key_usage = None;
    profile.extended_key_usage = None;
    let (mut chain, anchors, requirement) = build(&[]);
    chain[0] = certificate(&profile, key(KeyAlgorithm::EcdsaP256), "intermediate", &keys().intermediate);
    let verification = verify_chain(&chain, &anchors, &requirement);
    assert_eq!(verification.verdict, Ok(()));
    assert_agreement(&verification, &"no key usage");
}

#[test]
fn rsa_key_exchange_asks_for_key_encipherment() {
    let (mut chain, anchors, mut requirement) = build(&[]);
    let rsa = key(KeyAlgorithm::Rsa);
    set_key(&mut requirement, KeyAlgorithm::Rsa);
    requirement.usage = KeyUse::KeyEncipherment;
    let mut profile = server_profile(KeyAlgorithm::Rsa, &["example.test"], NOW);
    for (usage, passes) in [
        (KeyUsages::KeyEncipherment.into(), true),
        (KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment, true),
        (KeyUsages::DigitalSignature.into(), false),
    ] {
        profile.key_usage = Some(usage);
        chain[0] = certificate(&profile, rsa, "intermediate", &keys().intermediate);
        let verification = verify_chain(&chain, &anchors, &requirement);
        assert_agreement(&verification, &usage);
        assert_eq!(verification.verdict.is_ok(), passes, "{usage:?}");
    }
}

#[test]
fn malformed_trust_anchors_are_passed_over() {
    let (chain, mut anchors, requirement) = build(&[]);
    anchors.insert(0, b"no certificate".to_vec());
    assert_eq!(verify_chain(&chain, &anchors, &requirement).verdict, Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn checks_and_verdict_agree_on_changed_chains(
        certificate in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..3),
        defects in prop::collection::vec(prop::sample::select(&DEFECTS[..]), 0..3),
    ) {
        let (mut chain, anchors, requirement) = build(&defects);
        if let Some(der) = chain.get_mut(certificate) {
            for (at, byte) in changes {
                let at = at.index(der.len());
                der[at] = byte;
            }
        }
        assert_agreement(&verify_chain(&chain, &anchors, &requirement), &defects);
    }
}
