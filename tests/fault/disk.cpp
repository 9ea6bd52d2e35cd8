#include "disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace evenkeel::fault {
namespace {

constexpr std::size_t sector = 512;

// SQLite allocates szOsFile bytes: ours first, the real file's behind.
struct File {
    sqlite3_file base;
    Disk* disk;
    std::string* path;  // empty for SQLite's own passing files, which nobody tracks

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    [[nodiscard]] bool tracked() const { return !path->empty(); }
};

File& ours(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return ours(file).real();
}

int close(sqlite3_file* file) {
    const int code = real(file)->pMethods->xClose(real(file));
    delete ours(file).path;
    return code;
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    return real(file)->pMethods->xRead(real(file), into, size, at);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    File& self = ours(file);
    if (const int code = self.disk->change(); code != SQLITE_OK) return SQLITE_IOERR_WRITE;
    const int code = real(file)->pMethods->xWrite(real(file), from, size, at);
    if (code == SQLITE_OK && self.tracked()) {
        self.disk->written(*self.path, at,
                           {static_cast<const char*>(from), static_cast<std::size_t>(size)});
    }
    return code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    File& self = ours(file);
    if (const int code = self.disk->change(); code != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK && self.tracked()) self.disk->truncated(*self.path, size);
    return code;
}

// The real disk is not asked to sync: what is durable here is what this layer says.
int sync(sqlite3_file* file, int) {
    File& self = ours(file);
    if (const int code = self.disk->change(); code != SQLITE_OK) return SQLITE_IOERR_FSYNC;
    if (self.tracked()) self.disk->synced(*self.path);
    return SQLITE_OK;
}

int size_of(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(sector);
}
int characteristics(sqlite3_file*) {
    return 0;
}  // promises nothing
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

// Version 2: with shared memory for the log's index, without memory-mapped files, whose
// writes would pass this layer by.
const sqlite3_io_methods methods{.iVersion = 2,
                                 .xClose = close,
                                 .xRead = read,
                                 .xWrite = write,
                                 .xTruncate = truncate,
                                 .xSync = sync,
                                 .xFileSize = size_of,
                                 .xLock = lock,
                                 .xUnlock = unlock,
                                 .xCheckReservedLock = check_lock,
                                 .xFileControl = control,
                                 .xSectorSize = sector_size,
                                 .xDeviceCharacteristics = characteristics,
                                 .xShmMap = shm_map,
                                 .xShmLock = shm_lock,
                                 .xShmBarrier = shm_barrier,
                                 .xShmUnmap = shm_unmap,
                                 .xFetch = nullptr,
                                 .xUnfetch = nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    Disk& disk = *static_cast<Disk*>(vfs->pAppData);
    file->pMethods = nullptr;  // SQLite then does not close what did not open
    if (const int code = disk.change(); code != SQLITE_OK) return SQLITE_CANTOPEN;
    File& self = ours(file);
    const int code = disk.beneath()->xOpen(disk.beneath(), name, self.real(), flags, out_flags);
    if (code != SQLITE_OK) return code;
    self.disk = &disk;
    self.path = new std::string(name == nullptr ? "" : name);
    if (self.tracked()) disk.opened(*self.path);
    file->pMethods = &methods;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    Disk& disk = *static_cast<Disk*>(vfs->pAppData);
    if (const int code = disk.change(); code != SQLITE_OK) return SQLITE_IOERR_DELETE;
    disk.deleted(name);
    return disk.beneath()->xDelete(disk.beneath(), name, sync_folder);
}

std::string contents_of(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream{path, std::ios::binary}.rdbuf();
    return all.str();
}

}  // namespace

Disk::Disk() : beneath_(sqlite3_vfs_find(nullptr)) {
    own_ = *beneath_;
    own_.iVersion = 2;
    own_.zName = "evenkeel-fault";
    own_.pNext = nullptr;
    own_.pAppData = this;
    own_.szOsFile = static_cast<int>(sizeof(File)) + beneath_->szOsFile;
    own_.xOpen = open;
    own_.xDelete = remove;
    sqlite3_vfs_register(&own_, 1);
}

Disk::~Disk() {
    sqlite3_vfs_unregister(&own_);
    sqlite3_vfs_register(beneath_, 1);
}

void Disk::arm(Failing failing, std::uint64_t call) {
    const std::lock_guard held{mutex_};
    failing_ = failing;
    fails_at_ = call;
    calls_ = 0;
}

std::uint64_t Disk::calls() const {
    const std::lock_guard held{mutex_};
    return calls_;
}

bool Disk::has_failed() const {
    const std::lock_guard held{mutex_};
    return failing_ != Failing::never && calls_ >= fails_at_;
}

int Disk::change() {
    const std::lock_guard held{mutex_};
    ++calls_;
    if (failing_ == Failing::once && calls_ == fails_at_) return SQLITE_IOERR;
    if (failing_ == Failing::from_then_on && calls_ >= fails_at_) return SQLITE_IOERR;
    return SQLITE_OK;
}

void Disk::opened(const std::string& path) {
    const std::lock_guard held{mutex_};
    // What stood there before this disk was watched is taken as durable.
    images_.try_emplace(path, Image{contents_of(path), {}});
}

void Disk::written(const std::string& path, std::int64_t at, std::string_view bytes) {
    const std::lock_guard held{mutex_};
    images_[path].pending.push_back({at, std::string(bytes), false});
}

void Disk::truncated(const std::string& path, std::int64_t size) {
    const std::lock_guard held{mutex_};
    images_[path].pending.push_back({size, {}, true});
}

void Disk::synced(const std::string& path) {
    const std::lock_guard held{mutex_};
    Image& image = images_[path];
    for (const Change& change : image.pending) apply(image.durable, change);
    image.pending.clear();
}

void Disk::deleted(const std::string& path) {
    const std::lock_guard held{mutex_};
    images_.erase(path);
}

void Disk::apply(std::string& contents, const Change& change) {
    const auto at = static_cast<std::size_t>(change.at);
    if (change.truncates) {
        contents.resize(at);
        return;
    }
    contents.resize(std::max(contents.size(), at + change.bytes.size()));
    contents.replace(at, change.bytes.size(), change.bytes);
}

void Disk::come_back_from_power_loss(Unsynced unsynced, Random& random) {
    const std::lock_guard held{mutex_};
    for (auto& [path, image] : images_) {
        for (const Change& change : image.pending) {
            if (unsynced == Unsynced::gone) break;
            // A disk may reorder: any later write may be there without an earlier one.
            const auto fate = random.next() % 3;
            if (fate == 1) continue;
            Change part = change;
            if (fate == 2 && !part.truncates) {
                part.bytes.resize(part.bytes.size() / sector / 2 * sector);
            }
            apply(image.durable, part);
        }
        std::ofstream{path, std::ios::binary | std::ios::trunc} << image.durable;
        // The index of the log is memory; it goes with the power.
        if (path.ends_with("-wal")) {
            std::filesystem::remove(path.substr(0, path.size() - 4) + "-shm");
        }
    }
    images_.clear();
    failing_ = Failing::never;
}

}  // namespace evenkeel::fault
