//! Copies of stored files and of other files of ours, compared by their digests.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use domain::digest::Digest;
use domain::id::FileId;
use sha2::{Digest as _, Sha256};

use crate::disk::{DiskBlobs, INCOMING, create_private, make_private_folder, write_whole};

/// Bytes that are read at once.
const PIECE: usize = 1 << 20;

/// What became of a stored file that was to be carried somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// It is there, with the bytes it came with.
    Whole,
    /// There are no bytes under its id.
    Missing,
    /// What lies under its id is not what came.
    Changed,
}

/// Looks whether the bytes of a stored file are those of `sha256`.
///
/// # Errors
/// What the file system says.
pub fn look_at_file(folder: &Path, id: FileId, sha256: Digest) -> io::Result<Carried> {
    Ok(read_whole(folder, id, sha256)?.map_or_else(|found| found, |_| Carried::Whole))
}

/// Copies the bytes of a stored file from one folder to another, whole or not at all. What is not
/// what came is not copied.
///
/// # Errors
/// What the file system says.
pub fn carry_file(from: &Path, to: &Path, id: FileId, sha256: Digest) -> io::Result<Carried> {
    if look_at_file(to, id, sha256)? == Carried::Whole {
        return Ok(Carried::Whole);
    }
    let bytes = match read_whole(from, id, sha256)? {
        Ok(bytes) => bytes,
        Err(found) => return Ok(found),
    };
    let incoming = to.join(INCOMING);
    make_private_folder(&incoming)?;
    let unfinished = incoming.join(format!("{id}.copy"));
    remove_if_there(&unfinished)?;
    write_whole(&unfinished, &DiskBlobs::place(to, id), &bytes)?;
    Ok(Carried::Whole)
}

fn read_whole(folder: &Path, id: FileId, sha256: Digest) -> io::Result<Result<Vec<u8>, Carried>> {
    match fs::read(DiskBlobs::place(folder, id)) {
        Ok(bytes) if Digest::of(&bytes) == sha256 => Ok(Ok(bytes)),
        Ok(_) => Ok(Err(Carried::Changed)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Err(Carried::Missing)),
        Err(error) => Err(error),
    }
}

/// Copies a file to where nothing but its owner reads it, and says the digest of what was copied.
/// It is on the disk afterwards.
///
/// # Errors
/// What the file system says; also when there is something at `to` already.
pub fn copy_private(from: &Path, to: &Path) -> io::Result<Digest> {
    let mut copy = create_private(to)?;
    let digest = digest_while(File::open(from)?, |piece| copy.write_all(piece))?;
    copy.sync_all()?;
    Ok(digest)
}

/// The digest of a file of any size.
///
/// # Errors
/// What the file system says.
pub fn digest_of(path: &Path) -> io::Result<Digest> {
    digest_while(File::open(path)?, |_| Ok(()))
}

fn digest_while(
    mut from: impl Read,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<Digest> {
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = from.read(&mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Ok(Digest::from(<[u8; 32]>::from(hash.finalize())));
        }
        hash.update(piece);
        each(piece)?;
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn id(number: u8) -> FileId {
        FileId::fresh(Timestamp::from_unix_ms(1), [number; 10])
    }

    fn put(folder: &Path, id: FileId, bytes: &[u8]) {
        let place = DiskBlobs::place(folder, id);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    #[test]
    fn a_file_is_carried_whole_or_not_at_all() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let (from, to) = (from.path(), to.path());
        let right = Digest::of(b"evidence");
        put(from, id(1), b"evidence");
        put(from, id(2), b"something else");
        let carry = |number| carry_file(from, to, id(number), right).unwrap();
        assert_eq!(
            [1, 2, 3].map(carry),
            [Carried::Whole, Carried::Changed, Carried::Missing]
        );
        assert_eq!(fs::read(DiskBlobs::place(to, id(1))).unwrap(), b"evidence");
        assert!(!DiskBlobs::place(to, id(2)).exists());
    }

    #[test]
    fn carrying_again_is_no_harm_and_mends_what_was_changed() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let (from, to) = (from.path(), to.path());
        let right = Digest::of(b"evidence");
        put(from, id(1), b"evidence");
        put(to, id(1), b"evidenze");
        for _ in 0..2 {
            assert_eq!(carry_file(from, to, id(1), right).unwrap(), Carried::Whole);
        }
        assert_eq!(look_at_file(to, id(1), right).unwrap(), Carried::Whole);
    }

    #[test]
    fn a_copy_says_the_digest_of_all_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let [from, to] = ["from", "to"].map(|name| folder.path().join(name));
        let bytes = vec![7; PIECE * 2 + 5];
        fs::write(&from, &bytes).unwrap();
        assert_eq!(copy_private(&from, &to).unwrap(), Digest::of(&bytes));
        assert_eq!(digest_of(&to).unwrap(), Digest::of(&bytes));
        assert!(copy_private(&from, &to).is_err(), "nothing is written over");
    }
}
