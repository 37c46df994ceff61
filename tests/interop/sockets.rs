//! Sockets on this machine, none of which waits for ever.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// No step of a connection takes longer, unless something hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A port that was free a moment ago, for a program that cannot say which one it took. It is none of those that systems
/// give out by themselves: another connection could get it in between, even the one that waits for the program.
pub fn free_port() -> SocketAddr {
    const FIRST: u16 = 12_000;
    const COUNT: u16 = 18_000;
    // Tests may run at the same time, with process numbers in a row: each has this many ports before the next one's.
    const OWN: u32 = 149;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = std::process::id().wrapping_mul(OWN) % u32::from(COUNT);
    for _ in 0..COUNT {
        let offset = (start + u32::from(NEXT.fetch_add(1, Ordering::Relaxed))) % u32::from(COUNT);
        let port = FIRST + u16::try_from(offset).expect("below the count");
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)) {
            drop(listener);
            return (Ipv4Addr::LOCALHOST, port).into();
        }
    }
    panic!("no port is free");
}

/// Connects as soon as somebody listens.
pub fn connect(address: SocketAddr) -> Result<TcpStream, String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(socket) => return Ok(with_timeouts(socket)),
            Err(error) if Instant::now() > deadline => return Err(format!("nobody listens: {error}")),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// A listener at any free port.
pub fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.set_nonblocking(true).expect("a listener");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Waits for a connection to what [`listen`] gave.
pub fn accept(listener: &TcpListener) -> Result<TcpStream, String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match listener.accept() {
            Ok((socket, _)) => {
                socket.set_nonblocking(false).expect("a socket");
                return Ok(with_timeouts(socket));
            }
            Err(error) if Instant::now() > deadline => return Err(format!("nobody connects: {error}")),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn with_timeouts(socket: TcpStream) -> TcpStream {
    socket.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    socket.set_write_timeout(Some(PATIENCE)).expect("a timeout");
    socket.set_nodelay(true).expect("a socket");
    socket
}
