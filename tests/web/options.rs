//! Options that JavaScript gives: what is wrong with them is said by name.

use js_sys::{Array, Object, Reflect, Uint8Array};
use tls_glass::wasm::{Client, Server};
use tsify::Ts;
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).expect("a plain object takes any field");
    }
    object.into()
}

fn list(items: &[&str]) -> JsValue {
    items.iter().map(|item| JsValue::from(*item)).collect::<Array>().into()
}

/// Options of a client that are all right, but for those given.
fn client_options(changed: &[(&str, JsValue)]) -> JsValue {
    let options = object(&[
        ("serverName", "bank.example".into()),
        ("keyExchanges", list(&["ecdhe_rsa", "rsa"])),
        ("ciphers", list(&["aes_128_gcm"])),
        ("groups", list(&["x25519"])),
        ("applicationProtocols", list(&["http/1.1"])),
        ("request", object(&[("path", "/".into())])),
    ]);
    for (name, value) in changed {
        Reflect::set(&options, &(*name).into(), value).expect("a plain object takes any field");
    }
    options
}

fn connect(options: JsValue) -> Result<(), JsError> {
    client()?.connect(Ts::new_unchecked(options))
}

fn client() -> Result<Client, JsError> {
    Client::new(Ts::new_unchecked(object(&[])))
}

/// Asserts that the outcome is an error whose message has all of these words.
fn assert_refused<T>(outcome: Result<T, JsError>, words: &[&str]) {
    let error = JsValue::from(outcome.err().expect("it is refused"));
    let message = Reflect::get(&error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.expect("an error has a message");
    for word in words {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
}

#[wasm_bindgen_test]
fn good_options_are_taken() {
    assert!(connect(client_options(&[])).is_ok());
    assert!(connect(client_options(&[("signatureSchemes", list(&["rsa_pss_rsae_sha256"]))])).is_ok());
}

#[wasm_bindgen_test]
fn an_unknown_option_is_named() {
    assert_refused(connect(client_options(&[("cypher", "aes".into())])), &["cypher", "ciphers"]);
}

#[wasm_bindgen_test]
fn an_unknown_value_is_named_with_its_option() {
    assert_refused(connect(client_options(&[("ciphers", list(&["rc4"]))])), &["ciphers", "rc4", "aes_128_gcm"]);
    assert_refused(connect(client_options(&[("groups", list(&["x448"]))])), &["groups", "x448"]);
}

#[wasm_bindgen_test]
fn an_option_of_the_wrong_type_is_named() {
    assert_refused(connect(client_options(&[("serverName", 7.into())])), &["serverName"]);
    assert_refused(connect(client_options(&[("request", JsValue::UNDEFINED)])), &["request"]);
    assert_refused(connect(JsValue::from(5)), &["ClientOptions"]);
}

#[wasm_bindgen_test]
fn options_that_cannot_be_kept_are_refused() {
    assert_refused(connect(client_options(&[("serverName", "".into())])), &["server_name"]);
    let request = object(&[("path", "no slash".into())]);
    assert_refused(connect(client_options(&[("request", request)])), &["path"]);
}

#[wasm_bindgen_test]
fn a_seed_has_32_bytes_and_comes_with_a_time() {
    let create = |fields: &[(&str, JsValue)]| Server::new(Ts::new_unchecked(object(fields)));
    let seed = |length| Uint8Array::new_with_length(length).into();
    assert!(create(&[("seed", seed(32)), ("time", 1_795_132_800.into())]).is_ok());
    assert_refused(create(&[("seed", seed(31)), ("time", 0.into())]), &["seed", "31", "32"]);
    assert_refused(create(&[("seed", seed(32))]), &["time"]);
    assert_refused(create(&[("time", 0.into())]), &["seed"]);
    assert_refused(create(&[("sead", seed(32))]), &["sead"]);
}

#[wasm_bindgen_test]
fn a_server_without_a_key_says_so() {
    let mut server = Server::new(Ts::new_unchecked(object(&[]))).expect("no option is needed");
    assert_refused(server.request_certificate("bank.example"), &["key pair"]);
}
