//! The kinds of connections that the tables go through, and what each side awaits in them.

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::{ClientCertificates, ClientConfig, Resumption, ServerConfig};
use tls_glass::protocol::suite::tls12::{KeyExchange, Suite};
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{CipherSuite, HandshakeType};

use crate::common::{Parties, accept, key_of, offer};

/// A kind of connection.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    pub suite: CipherSuite,
    pub encrypt_then_mac: bool,
    pub client: ClientShows,
    pub session: Session,
}

/// What the client shows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientShows {
    NotAsked,
    /// It is asked, and has none.
    NoCertificate,
    ACertificate,
}

/// What the client asks for of an earlier connection, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    None,
    /// It has none yet, and gets a ticket.
    Begun,
    /// It names one that the server has kept.
    ResumedById,
    /// It brings one in a ticket.
    ResumedByTicket,
    /// Likewise, and somebody who speaks as the server promises another ticket, which our server does not.
    Renewed,
    /// It brings a ticket that the server cannot open, and gets another.
    Refused,
}

/// What a state waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaits {
    Message(HandshakeType),
    ChangeCipherSpec,
    /// The handshake is complete.
    Data,
}

pub const RSA: Play = Play::of(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256);
pub const DHE: Play = Play::of(CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256);
pub const ECDHE: Play = Play::of(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);
pub const ANONYMOUS: Play = Play::of(CipherSuite::TLS_DH_ANON_WITH_AES_128_GCM_SHA256);
pub const MAC_THEN_ENCRYPT: Play = Play::of(CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA);
pub const ENCRYPT_THEN_MAC: Play =
    Play { encrypt_then_mac: true, ..Play::of(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256) };
pub const CERTIFIED_CLIENT: Play =
    Play { client: ClientShows::ACertificate, ..Play::of(CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256) };
pub const ASKED_CLIENT: Play = Play { client: ClientShows::NoCertificate, ..RSA };
pub const FIRST_TICKET: Play = Play { session: Session::Begun, ..ECDHE };
pub const RESUMED_BY_ID: Play =
    Play { session: Session::ResumedById, ..Play::of(CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256) };
pub const RESUMED_BY_TICKET: Play = Play { session: Session::ResumedByTicket, ..ECDHE };
pub const RENEWED_TICKET: Play = Play { session: Session::Renewed, ..ECDHE };
pub const REFUSED_TICKET: Play = Play { session: Session::Refused, ..ECDHE };

/// All of them, by name.
pub const PLAYS: [(&str, Play); 13] = [
    ("RSA", RSA),
    ("DHE", DHE),
    ("ECDHE", ECDHE),
    ("anonymous DH", ANONYMOUS),
    ("CBC, MAC then encrypt", MAC_THEN_ENCRYPT),
    ("CBC, encrypt then MAC", ENCRYPT_THEN_MAC),
    ("a client with a certificate", CERTIFIED_CLIENT),
    ("a client that has no certificate to show", ASKED_CLIENT),
    ("a first ticket", FIRST_TICKET),
    ("resumed by session ID", RESUMED_BY_ID),
    ("resumed by ticket", RESUMED_BY_TICKET),
    ("resumed by ticket, which is renewed", RENEWED_TICKET),
    ("a ticket that does not open", REFUSED_TICKET),
];

impl Play {
    /// A full handshake of this suite, after which nothing is kept.
    pub const fn of(suite: CipherSuite) -> Self {
        Self { suite, encrypt_then_mac: false, client: ClientShows::NotAsked, session: Session::None }
    }

    /// Parties that can play it, as often as one likes.
    pub fn parties(self) -> Parties {
        let mut parties = Parties::new(key_of(self.suite));
        if self.client == ClientShows::ACertificate {
            parties.certify_client(KeyAlgorithm::EcdsaP256);
        }
        parties
    }

    fn resumption(self) -> Resumption {
        match self.session {
            Session::None => Resumption::None,
            Session::ResumedById => Resumption::SessionId,
            Session::Begun | Session::ResumedByTicket | Session::Renewed | Session::Refused => {
                Resumption::SessionTicket
            }
        }
    }

    fn configs(self) -> (ClientConfig, ServerConfig) {
        let (encrypt_then_mac, resumption) = (self.encrypt_then_mac, self.resumption());
        let client_certificates = match self.client {
            ClientShows::NotAsked => ClientCertificates::None,
            ClientShows::NoCertificate => ClientCertificates::Requested,
            ClientShows::ACertificate => ClientCertificates::Required,
        };
        (
            ClientConfig { encrypt_then_mac, resumption, ..offer(self.suite) },
            ServerConfig { encrypt_then_mac, resumption, client_certificates, ..accept() },
        )
    }

    /// Makes the parties ready for the connection, and the earlier one if there has to be one.
    pub fn prepare(self, parties: &mut Parties) {
        let (client, server) = self.configs();
        if self.session != Session::None {
            // Whoever resumes nothing forgets all sessions of the last play.
            parties.prepare(offer(self.suite), accept());
            parties.server.generate_ticket_key().expect("a ticket key");
            if self.session != Session::Begun {
                parties.prepare(client.clone(), server.clone());
                parties.run();
                assert!(parties.client.is_established() && parties.server.is_established(), "{self:?}");
            }
            if self.session == Session::Refused {
                parties.server.generate_ticket_key().expect("another ticket key");
            }
        }
        parties.prepare(client, server);
        parties.units.clear();
    }

    pub fn is_resumed(self) -> bool {
        matches!(self.session, Session::ResumedById | Session::ResumedByTicket | Session::Renewed)
    }

    /// The states of a role that await something, in order: one for each record of the peer's handshake.
    pub fn states(self, role: Role) -> Vec<Awaits> {
        let messages = if role == Role::Client { self.messages_of_server() } else { self.messages_of_client() };
        let mut states: Vec<Awaits> = messages.into_iter().map(Awaits::Message).collect();
        states.extend([Awaits::ChangeCipherSpec, Awaits::Message(HandshakeType::FINISHED), Awaits::Data]);
        match self.session {
            // Our server does not know that it has promised a ticket: the handshake comes to no end.
            Session::Renewed => states.truncate(states.len() - 1),
            // Once both hellos are there, it goes on as one that begins without a ticket.
            Session::Refused => states.truncate(2),
            _ => {}
        }
        states
    }

    fn messages_of_server(self) -> Vec<HandshakeType> {
        let suite = Suite::of(self.suite).expect("one of ours");
        let full = !self.is_resumed();
        let asks = self.client != ClientShows::NotAsked;
        let ticket = matches!(self.session, Session::Begun | Session::Renewed | Session::Refused);
        let all = [
            (HandshakeType::SERVER_HELLO, true),
            (HandshakeType::CERTIFICATE, full && suite.certificate_key.is_some()),
            (HandshakeType::SERVER_KEY_EXCHANGE, full && suite.key_exchange != KeyExchange::Rsa),
            (HandshakeType::CERTIFICATE_REQUEST, full && asks),
            (HandshakeType::SERVER_HELLO_DONE, full),
            (HandshakeType::NEW_SESSION_TICKET, ticket),
        ];
        all.into_iter().filter_map(|(message, is_due)| is_due.then_some(message)).collect()
    }

    fn messages_of_client(self) -> Vec<HandshakeType> {
        let full = !self.is_resumed();
        let all = [
            (HandshakeType::CLIENT_HELLO, true),
            (HandshakeType::CERTIFICATE, full && self.client != ClientShows::NotAsked),
            (HandshakeType::CLIENT_KEY_EXCHANGE, full),
            (HandshakeType::CERTIFICATE_VERIFY, full && self.client == ClientShows::ACertificate),
        ];
        all.into_iter().filter_map(|(message, is_due)| is_due.then_some(message)).collect()
    }
}
