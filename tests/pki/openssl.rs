//! What we make, OpenSSL accepts; what OpenSSL makes, we accept.

use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use tls_glass::crypto::key_transport::decrypt_pre_master_secret;
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use tls_glass::error::CertificateError;
use tls_glass::pki::issue::{check_request, request};
use tls_glass::pki::verify::{Holder, KeyUse, Requirement, verify_chain};
use tls_glass::trace::CheckName;
use tls_glass::wire::codepoint::{ProtocolVersion, SignatureScheme};

use crate::{BOTH, NOW, authority, key, rng};

/// A directory for the files of one test, removed at its end.
struct Files(PathBuf);

impl Files {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tls-glass-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory for temporary files");
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a temporary file");
        path.to_str().expect("a path in UTF-8").into()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path in UTF-8").into()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).expect("a file that OpenSSL wrote")
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `openssl`; returns what it printed if it succeeded.
fn openssl(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("openssl").args(arguments).output().expect("the openssl command line tool");
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(text) } else { Err(format!("openssl {arguments:?}: {text}")) }
}

fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).expect("PEM").into_bytes()
}

/// A private key that OpenSSL made, in PKCS#8. It is left in `key.pem`.
fn new_key(files: &Files, options: &[&str]) -> Vec<u8> {
    openssl(&[&["genpkey", "-out", &files.path("key.pem")][..], options].concat()).expect("a key of OpenSSL's");
    let pem = files.read("key.pem");
    let (label, pkcs8) = der::pem::decode_vec(&pem).expect("PEM");
    assert_eq!(label, "PRIVATE KEY");
    pkcs8
}

/// The options of `openssl dgst` for a scheme: hash, and padding.
fn options(scheme: SignatureScheme) -> (&'static str, Vec<&'static str>) {
    let hash = match scheme {
        SignatureScheme::RSA_PKCS1_SHA384 | SignatureScheme::RSA_PSS_RSAE_SHA384 => "-sha384",
        SignatureScheme::RSA_PKCS1_SHA512 | SignatureScheme::RSA_PSS_RSAE_SHA512 => "-sha512",
        _ => "-sha256",
    };
    let pss = [
        SignatureScheme::RSA_PSS_RSAE_SHA256,
        SignatureScheme::RSA_PSS_RSAE_SHA384,
        SignatureScheme::RSA_PSS_RSAE_SHA512,
    ];
    let padding = if pss.contains(&scheme) {
        vec!["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
    } else {
        vec![]
    };
    (hash, padding)
}

#[test]
fn openssl_verifies_our_signatures_and_we_verify_its() {
    let files = Files::new("signatures");
    let message = b"signed here and there";
    let message_file = files.write("message", message);
    for algorithm in BOTH {
        let key = key(algorithm);
        let public = key.public_key().expect("a public key");
        let private_file = files.write("private.pem", &pem("PRIVATE KEY", key.pkcs8()));
        let public_file = files.write("public.pem", &pem("PUBLIC KEY", public.spki()));
        for scheme in key.schemes() {
            let (hash, padding) = options(*scheme);
            let run =
                |arguments: &[&str]| openssl(&[&["dgst", hash], &padding[..], arguments, &[&message_file]].concat());

            let ours = key.sign(*scheme, message, &mut rng(9)).expect("a signature");
            let ours = files.write("ours", &ours);
            run(&["-verify", &public_file, "-signature", &ours]).unwrap_or_else(|error| panic!("{scheme}: {error}"));

            let theirs = files.path("theirs");
            run(&["-sign", &private_file, "-out", &theirs]).unwrap_or_else(|error| panic!("{scheme}: {error}"));
            let theirs = files.read("theirs");
            assert_eq!(public.verify(*scheme, message, &theirs), Ok(()), "{scheme}");
            assert!(public.verify(*scheme, b"another message", &theirs).is_err(), "{scheme}");
        }
    }
}

#[test]
fn openssl_finds_nothing_wrong_with_the_rsa_keys_that_we_make() {
    let files = Files::new("checked-keys");
    for seed in 1..4 {
        let key = PrivateKey::generate(KeyAlgorithm::Rsa, &mut rng(seed)).expect("a key");
        let file = files.write("key.pem", &pem("PRIVATE KEY", key.pkcs8()));
        // Primes, modulus, exponents and coefficient.
        let found = openssl(&["rsa", "-check", "-noout", "-text", "-in", &file]).expect("a key that OpenSSL reads");
        assert!(found.contains("RSA key ok"), "{found}");
        assert!(found.contains("(2048 bit, 2 primes)") && found.contains("65537 (0x10001)"), "{found}");
    }
}

#[test]
fn openssl_accepts_our_keys_and_we_accept_its() {
    let files = Files::new("keys");
    let kinds: [(&[&str], Option<KeyAlgorithm>); 6] = [
        (&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], Some(KeyAlgorithm::Rsa)),
        (&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"], Some(KeyAlgorithm::Rsa)),
        (&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1536"], None),
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], Some(KeyAlgorithm::EcdsaP256)),
        (&["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], None),
        (&["-algorithm", "ED25519"], None),
    ];
    for (options, expected) in kinds {
        let key = PrivateKey::from_pkcs8(&new_key(&files, options));
        assert_eq!(key.as_ref().ok().map(PrivateKey::algorithm), expected, "{options:?}");
        if let Ok(key) = key {
            let public_file = files.path("public.der");
            openssl(&["pkey", "-in", &files.path("key.pem"), "-pubout", "-outform", "DER", "-out", &public_file])
                .expect("the public key");
            assert_eq!(key.public_key().expect("a public key").spki(), files.read("public.der"), "{options:?}");
        }
    }
    for algorithm in BOTH {
        let file = files.write("ours.der", key(algorithm).pkcs8());
        openssl(&["pkey", "-inform", "DER", "-in", &file, "-check", "-noout"]).expect("a consistent key");
    }
}

#[test]
fn an_rsa_key_whose_length_is_no_multiple_of_a_machine_word_decrypts() {
    let files = Files::new("odd-key");
    let pkcs8 = new_key(&files, &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2056"]);
    let key = PrivateKey::from_pkcs8(&pkcs8).expect("a key of 2056 bits");
    let public = key.public_key().expect("a public key");
    assert_eq!(public.rsa_modulus_length(), Some(257));
    let message = [3; 48];
    let ciphertext = public.rsa_encrypt(&message, &mut rng(11)).expect("a ciphertext");
    assert_eq!(ciphertext.len(), 257);
    let secret = decrypt_pre_master_secret(&key, &ciphertext, ProtocolVersion(0x0303), &mut [0; 48], &mut rng(12));
    assert_eq!(*secret.expect("no ciphertext is an error"), message);
}

#[test]
fn openssl_accepts_our_requests_and_we_accept_its() {
    let files = Files::new("requests");
    for algorithm in BOTH {
        let csr = request(key(algorithm), &["example.test", "127.0.0.1"], &mut rng(4)).expect("a request");
        assert_eq!(check_request(&csr).expect("an own request"), key(algorithm).public_key().expect("a public key"));
        let file = files.write("csr.der", &csr);
        let text = openssl(&["req", "-inform", "DER", "-in", &file, "-verify", "-text", "-noout"]).expect("a request");
        assert!(text.contains("DNS:example.test, IP Address:127.0.0.1"), "{text}");

        let key_file = files.write("key.pem", &pem("PRIVATE KEY", key(algorithm).pkcs8()));
        let theirs = files.path("theirs.der");
        openssl(&["req", "-new", "-key", &key_file, "-subj", "/CN=example.test", "-outform", "DER", "-out", &theirs])
            .expect("a request of OpenSSL's");
        check_request(&files.read("theirs.der")).expect("a request of OpenSSL's passes");
    }
}

#[test]
fn openssl_verifies_an_issued_chain() {
    let files = Files::new("chain");
    for algorithm in BOTH {
        let csr = request(key(algorithm), &["example.test"], &mut rng(4)).expect("a request");
        let names = ["example.test", "*.wild.test", "192.0.2.7", "2001:db8::7"];
        let chain = authority().issue(&csr, &names, NOW, &mut rng(5)).expect("a chain");
        let root = files.write("root.pem", &pem("CERTIFICATE", &authority().root));
        let intermediate = files.write("intermediate.pem", &pem("CERTIFICATE", &chain[1]));
        let leaf = files.write("leaf.pem", &pem("CERTIFICATE", &chain[0]));
        let now = NOW.to_string();
        let verify = |name: &[&str]| {
            let arguments =
                ["verify", "-x509_strict", "-attime", &now, "-CAfile", &root, "-untrusted", &intermediate, "-purpose"];
            openssl(&[&arguments[..], &["sslserver"], name, &[&leaf]].concat())
        };
        for name in ["example.test", "a.wild.test"] {
            verify(&["-verify_hostname", name]).expect(name);
        }
        for address in ["192.0.2.7", "2001:db8::7"] {
            verify(&["-verify_ip", address]).expect(address);
        }
        verify(&["-verify_hostname", "other.test"]).expect_err("a name that the certificate does not have");

        for server_name in ["example.test", "a.wild.test", "192.0.2.7", "2001:db8::7"] {
            let requirement = Requirement {
                holder: Holder::Server { name: server_name.into(), key: algorithm },
                now: NOW,
                usage: KeyUse::DigitalSignature,
            };
            let verification = verify_chain(&chain, &[authority().root.clone()], &requirement);
            assert_eq!(verification.verdict, Ok(()), "{server_name}");
            assert!(verification.checks.iter().all(|check| check.outcome.passed()), "{:?}", verification.checks);
        }
        assert_eq!(
            PublicKey::from_certificate(&chain[0]).expect("a public key"),
            key(algorithm).public_key().expect("a public key")
        );
    }
}

/// The path to it is right; nobody here could verify what its holder signs.
#[test]
fn a_clients_key_of_a_kind_that_we_do_not_work_with_is_noticed_by_the_check_of_its_kind() {
    let files = Files::new("kind");
    let issuer = pem("PRIVATE KEY", key(KeyAlgorithm::EcdsaP256).pkcs8());
    let root = files.write("root.key", &issuer);
    let root_certificate = files.path("root.pem");
    let new_root =
        ["req", "-x509", "-new", "-key", &root, "-subj", "/CN=root", "-days", "2", "-out", &root_certificate];
    openssl(&new_root).expect("a root");
    let extensions = files.write("extensions", b"keyUsage=digitalSignature\nextendedKeyUsage=clientAuth\n");
    for (curve, known) in [("P-256", true), ("P-384", false)] {
        new_key(&files, &["-algorithm", "EC", "-pkeyopt", &format!("ec_paramgen_curve:{curve}")]);
        let (key, request, leaf) = (files.path("key.pem"), files.path("request.pem"), files.path("leaf.der"));
        openssl(&["req", "-new", "-key", &key, "-subj", "/CN=Alice", "-out", &request]).expect("a request");
        let sign = ["x509", "-req", "-in", &request, "-CA", &root_certificate, "-CAkey", &root, "-outform", "DER"];
        openssl(&[&sign[..], &["-out", &leaf, "-extfile", &extensions, "-days", "1"]].concat()).expect("a certificate");
        let (_, anchor) = der::pem::decode_vec(&files.read("root.pem")).expect("PEM");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let requirement = Requirement { holder: Holder::Client, now, usage: KeyUse::DigitalSignature };
        let verification = verify_chain(&[files.read("leaf.der")], &[anchor], &requirement);
        let failed: Vec<_> = verification.checks.iter().filter(|check| !check.outcome.passed()).collect();
        if known {
            assert_eq!((verification.verdict, failed.len()), (Ok(()), 0), "{curve}: {failed:?}");
        } else {
            assert!(matches!(verification.verdict, Err(CertificateError::WrongUsage(_))), "{:?}", verification.verdict);
            assert_eq!(failed.iter().map(|check| check.name).collect::<Vec<_>>(), [CheckName::CertificateKeyKind]);
        }
    }
}

/// A chain of a leaf under a root, each with a key that OpenSSL made, and the leaf's names. The leaf's DER and the root's.
fn chain_of(files: &Files, root_key: &[&str], leaf_key: &[&str], names: &str) -> (Vec<u8>, Vec<u8>) {
    new_key(files, root_key);
    let (root_file, leaf_file) = (files.path("root.key"), files.path("leaf.key"));
    std::fs::rename(files.path("key.pem"), &root_file).expect("a file");
    new_key(files, leaf_key);
    std::fs::rename(files.path("key.pem"), &leaf_file).expect("a file");
    let (root, request, leaf) = (files.path("root.pem"), files.path("request.pem"), files.path("leaf.der"));
    openssl(&["req", "-x509", "-new", "-key", &root_file, "-subj", "/CN=root", "-days", "2", "-out", &root])
        .expect("a root");
    openssl(&["req", "-new", "-key", &leaf_file, "-subj", "/CN=leaf", "-out", &request]).expect("a request");
    let extensions = format!("keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName={names}\n");
    let extensions = files.write("extensions", extensions.as_bytes());
    let sign = ["x509", "-req", "-in", &request, "-CA", &root, "-CAkey", &root_file, "-outform", "DER"];
    openssl(&[&sign[..], &["-out", &leaf, "-extfile", &extensions, "-days", "1"]].concat()).expect("a certificate");
    let (_, anchor) = der::pem::decode_vec(&files.read("root.pem")).expect("PEM");
    (files.read("leaf.der"), anchor)
}

fn verdict(leaf: Vec<u8>, anchor: Vec<u8>, name: &str, key: KeyAlgorithm) -> Result<(), CertificateError> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let holder = Holder::Server { name: name.into(), key };
    let verification = verify_chain(&[leaf], &[anchor], &Requirement { holder, now, usage: KeyUse::DigitalSignature });
    let all_hold = verification.checks.iter().all(|check| check.outcome.passed());
    assert_eq!(all_hold, verification.verdict.is_ok(), "{verification:#?}");
    verification.verdict
}

const P256: [&str; 4] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: [&str; 4] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];

#[test]
fn an_issuers_rsa_key_under_2048_bits_is_refused_as_a_leafs_is() {
    let files = Files::new("short");
    for (bits, why) in [("1024", Some("1024")), ("2040", Some("2040")), ("2048", None)] {
        let root = ["-algorithm", "RSA", "-pkeyopt", &format!("rsa_keygen_bits:{bits}")];
        let (leaf, anchor) = chain_of(&files, &root, &P256, "DNS:example.test");
        let verdict = verdict(leaf, anchor, "example.test", KeyAlgorithm::EcdsaP256);
        match why {
            None => assert_eq!(verdict, Ok(())),
            Some(why) => {
                let error = verdict.expect_err(bits).to_string();
                assert!(error.contains(&format!("the RSA key of the trusted authority has {why} bits")), "{error}");
            }
        }
    }
}

#[test]
fn algorithms_that_are_not_supported_are_named() {
    let files = Files::new("algorithms");
    let ed25519 = ["-algorithm", "ED25519"];
    for (root, leaf, named) in [
        (&P384[..], &P256[..], "by a key of ECDSA P-384, which is not supported"),
        (&ed25519[..], &P256[..], "is signed with Ed25519, which is not supported"),
        (&P256[..], &P384[..], "its public key is ECDSA P-384, which is not supported"),
        (&P256[..], &ed25519[..], "its public key is Ed25519, which is not supported"),
    ] {
        let (leaf, anchor) = chain_of(&files, root, leaf, "DNS:example.test");
        let error = verdict(leaf, anchor, "example.test", KeyAlgorithm::EcdsaP256).expect_err(named).to_string();
        assert!(error.contains(named), "{named}: {error}");
    }
}

#[test]
fn an_address_that_stands_in_a_certificate_as_a_host_name_is_said_to_stand_there_as_one() {
    let files = Files::new("address");
    for (names, why) in [
        ("DNS:127.0.0.1", Some("it is for the host name 127.0.0.1, not for the IP address 127.0.0.1")),
        (
            "DNS:a.test,IP:127.0.0.2",
            Some("it is for the host name a.test, the IP address 127.0.0.2, not for the IP address 127.0.0.1"),
        ),
        ("IP:127.0.0.1", None),
    ] {
        let (leaf, anchor) = chain_of(&files, &P256, &P256, names);
        match (verdict(leaf, anchor, "127.0.0.1", KeyAlgorithm::EcdsaP256), why) {
            (Ok(()), None) => {}
            (Err(CertificateError::NotForThisName(said)), Some(why)) => assert_eq!(said, why),
            (other, _) => panic!("{names}: {other:?}"),
        }
    }
}

/// Its check calls it by its whole subject, in the order of the certificate.
#[test]
fn a_certificate_without_a_common_name_is_called_by_what_its_subject_says() {
    let files = Files::new("subject");
    let issuer = pem("PRIVATE KEY", key(KeyAlgorithm::EcdsaP256).pkcs8());
    let (root, certificate) = (files.write("root.key", &issuer), files.path("root.der"));
    for (subject, called) in [("/C=SE/O=Example", "C=SE, O=Example"), ("/", "certificate 1")] {
        let new = ["req", "-x509", "-new", "-key", &root, "-subj", subject, "-days", "2", "-outform", "DER"];
        openssl(&[&new[..], &["-out", &certificate]].concat()).expect("a certificate");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let requirement = Requirement { holder: Holder::Client, now, usage: KeyUse::DigitalSignature };
        let verification = verify_chain(&[files.read("root.der")], &[authority().root.clone()], &requirement);
        let dates = verification.checks.iter().find(|check| check.name == CheckName::CertificateDates);
        assert_eq!(dates.expect("its dates are checked").subject, called);
    }
}
