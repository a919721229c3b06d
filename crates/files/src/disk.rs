//! Bytes of files in a folder of the local disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use domain::id::FileId;
use services::ports::{BlobError, Blobs};
use tokio::task::spawn_blocking;

/// Where bytes lie before they are whole.
pub(crate) const INCOMING: &str = "incoming";

/// No upload takes so long.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// One file for each id, in folders by the end of the id: `ab/cd/<id>`. A path is made of the id
/// alone, so nothing that came from outside can point anywhere.
#[derive(Debug)]
pub struct DiskBlobs {
    folder: Arc<Path>,
    written: AtomicU64,
}

impl DiskBlobs {
    /// Opens a folder, or makes it. What nobody has finished for a day is removed: what is newer
    /// may be on its way in another process.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        make_private_folder(&folder)?;
        let incoming = folder.join(INCOMING);
        make_private_folder(&incoming)?;
        remove_abandoned(&incoming)?;
        Ok(Self {
            folder: folder.into(),
            written: AtomicU64::new(0),
        })
    }

    /// Where the bytes of an id lie below a folder.
    pub(crate) fn place(folder: &Path, id: FileId) -> PathBuf {
        // Ids begin with the time: their ends spread files over folders evenly.
        let [.., first, second] = *id.as_uuid().as_bytes();
        folder
            .join(format!("{first:02x}"))
            .join(format!("{second:02x}"))
            .join(id.to_string())
    }
}

#[async_trait]
impl Blobs for DiskBlobs {
    async fn put(&self, id: FileId, bytes: Arc<[u8]>) -> Result<(), BlobError> {
        let folder = Arc::clone(&self.folder);
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        run(move || {
            let unfinished = folder.join(INCOMING).join(format!("{id}.{number}"));
            let written = write_whole(&unfinished, &Self::place(&folder, id), &bytes);
            if written.is_err() {
                drop(fs::remove_file(&unfinished));
            }
            written
        })
        .await
    }

    async fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, BlobError> {
        let path = Self::place(&self.folder, id);
        run(move || {
            let mut bytes = Vec::new();
            match File::open(path) {
                Ok(mut file) => file.read_to_end(&mut bytes).map(|_| Some(bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn delete(&self, id: FileId) -> Result<(), BlobError> {
        let path = Self::place(&self.folder, id);
        run(move || match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        })
        .await
    }
}

fn remove_abandoned(incoming: &Path) -> io::Result<()> {
    for entry in fs::read_dir(incoming)? {
        let entry = entry?;
        // A time in the future is that of a clock that was put back: not old.
        let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
        if age > ABANDONED_AFTER {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

async fn run<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BlobError> {
    let done = spawn_blocking(work).await;
    Ok(done.map_err(io::Error::other)??)
}

/// Writes beside, then moves: whoever looks finds all of it or nothing, also after a crash.
pub(crate) fn write_whole(unfinished: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_private(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
    make_private_folder(folder)?;
    fs::rename(unfinished, place)?;
    // The new name, and the folders that lead to it, are entries of folders of their own.
    for folder in folder.ancestors().take(3) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(unix)]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn id(number: u8) -> FileId {
        FileId::fresh(Timestamp::from_unix_ms(1), [number; 10])
    }

    fn files_below(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        files.extend(folders.iter().flat_map(|folder| files_below(folder)));
        files
    }

    #[tokio::test]
    async fn bytes_come_back_until_they_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = DiskBlobs::open(folder.path()).unwrap();
        assert_eq!(blobs.get(id(1)).await.unwrap(), None);
        blobs.put(id(1), Arc::from(*b"one")).await.unwrap();
        blobs.put(id(2), Arc::from(*b"two")).await.unwrap();
        assert_eq!(blobs.get(id(1)).await.unwrap().unwrap(), b"one");
        blobs.delete(id(1)).await.unwrap();
        blobs.delete(id(1)).await.expect("again is no harm");
        assert_eq!(blobs.get(id(1)).await.unwrap(), None);
        assert_eq!(blobs.get(id(2)).await.unwrap().unwrap(), b"two");
    }

    #[tokio::test]
    async fn putting_again_is_no_harm_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = DiskBlobs::open(folder.path()).unwrap();
        for _ in 0..3 {
            blobs.put(id(1), Arc::from(*b"bytes")).await.unwrap();
        }
        assert_eq!(blobs.get(id(1)).await.unwrap().unwrap(), b"bytes");
        assert_eq!(files_below(folder.path()).len(), 1);
    }

    #[tokio::test]
    async fn many_writers_of_one_id_leave_one_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Arc::new(DiskBlobs::open(folder.path()).unwrap());
        let bytes: Arc<[u8]> = vec![7; 300_000].into();
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (blobs, bytes) = (Arc::clone(&blobs), Arc::clone(&bytes));
            writers.spawn(async move { blobs.put(id(1), bytes).await.unwrap() });
        }
        writers.join_all().await;
        assert_eq!(blobs.get(id(1)).await.unwrap().unwrap(), *bytes);
        assert_eq!(files_below(folder.path()).len(), 1);
    }

    #[tokio::test]
    async fn what_a_crash_left_unfinished_goes_after_a_day_and_what_is_on_its_way_stays() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = DiskBlobs::open(folder.path()).unwrap();
        blobs.put(id(1), Arc::from(*b"whole")).await.unwrap();
        let half = folder.path().join(INCOMING).join("half");
        fs::write(&half, b"ha").unwrap();
        let blobs = DiskBlobs::open(folder.path()).unwrap();
        assert!(half.exists(), "another process may be writing it");

        let file = File::options().write(true).open(&half).unwrap();
        let written = file.metadata().unwrap().modified().unwrap();
        file.set_modified(written - ABANDONED_AFTER - Duration::from_secs(1))
            .unwrap();
        DiskBlobs::open(folder.path()).unwrap();
        assert_eq!(blobs.get(id(1)).await.unwrap().unwrap(), b"whole");
        assert_eq!(files_below(folder.path()).len(), 1);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_on_the_machine_can_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let blobs = DiskBlobs::open(folder.path().join("files")).unwrap();
        blobs.put(id(1), Arc::from(*b"proof")).await.unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let files = files_below(folder.path());
        assert_eq!(
            files.iter().map(|file| mode(file)).collect::<Vec<_>>(),
            [0o600]
        );
        for folder in files[0].ancestors().skip(1).take(3) {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = DiskBlobs::open(folder.path()).unwrap();
        let [.., first, _] = *id(1).as_uuid().as_bytes();
        fs::write(folder.path().join(format!("{first:02x}")), b"in the way").unwrap();
        assert!(blobs.put(id(1), Arc::from(*b"bytes")).await.is_err());
        assert_eq!(
            fs::read_dir(folder.path().join(INCOMING)).unwrap().count(),
            0
        );
    }
}
