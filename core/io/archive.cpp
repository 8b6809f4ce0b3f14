// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/types/error.h"

namespace p2l {
namespace {

struct Close {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
struct CloseWriter {
  void operator()(archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

la_ssize_t append(archive*, void* bytes, const void* block, std::size_t size) {
  const auto* begin = static_cast<const std::uint8_t*>(block);
  static_cast<Bytes*>(bytes)->insert(static_cast<Bytes*>(bytes)->end(), begin, begin + size);
  return static_cast<la_ssize_t>(size);
}
using Reader = std::unique_ptr<archive, Close>;

[[noreturn]] void refuse(const std::string& path, archive* reader) {
  const char* why = archive_error_string(reader);
  throw Error(concat(path, " cannot be read as a .zip or .tar.gz: ", why ? why : "damaged", "."));
}

Reader openArchive(const std::string& path) {
  constexpr std::size_t kBlock = 1 << 16;
  Reader reader(archive_read_new());
  require(reader != nullptr, "There is no memory left to read ", path, ".");
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_filter_gzip(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kBlock) != ARCHIVE_OK) refuse(path, reader.get());
  return reader;
}

Bytes readMember(const std::string& path, const std::string& member, archive* reader, std::size_t limit) {
  Bytes bytes;
  std::array<std::uint8_t, 1 << 16> block{};
  while (true) {
    const auto count = archive_read_data(reader, block.data(), block.size());
    if (count < 0) refuse(path, reader);
    if (count == 0) return bytes;
    bytes.insert(bytes.end(), block.begin(), block.begin() + count);
    require(bytes.size() <= limit, member, " in ", path, " is larger than the ", limit, " bytes that it may have.");
  }
}

}  // namespace

std::map<std::string, Bytes> readArchive(const std::string& path, const std::vector<std::string>& members,
                                         std::size_t limit, std::size_t total) {
  const auto reader = openArchive(path);
  std::map<std::string, Bytes> found;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while (found.size() < members.size() && (status = archive_read_next_header(reader.get(), &entry)) != ARCHIVE_EOF) {
    if (status < ARCHIVE_WARN) refuse(path, reader.get());
    const char* name = archive_entry_pathname(entry);
    if (!name || std::find(members.begin(), members.end(), name) == members.end()) continue;
    const auto& bytes = found[name] = readMember(path, name, reader.get(), std::min(limit, total));
    total -= std::min(total, bytes.size());
  }
  for (const auto& member : members) require(found.count(member) > 0, path, " holds no ", member, ".");
  return found;
}

void writeZip(const std::string& path, const std::vector<std::pair<std::string, Bytes>>& members) {
  constexpr std::size_t kHeaders = 512;  // of a member, about
  Bytes bytes;
  std::size_t size = kHeaders;
  for (const auto& [name, content] : members) size += content.size() + kHeaders;
  bytes.reserve(size);
  const std::unique_ptr<archive, CloseWriter> writer(archive_write_new());
  const auto check = [&](int status) {
    if (status >= ARCHIVE_WARN) return;
    const char* why = archive_error_string(writer.get());
    throw Error(concat(path, " cannot be written: ", why ? why : "there is no memory left", "."));
  };
  check(archive_write_set_format_zip(writer.get()));
  check(archive_write_set_options(writer.get(), "zip:compression=store"));  // pictures are compressed
  check(archive_write_set_bytes_in_last_block(writer.get(), 1));            // no zeros behind it, as on a tape
  check(archive_write_open(writer.get(), &bytes, nullptr, append, nullptr));
  for (const auto& [name, content] : members) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    check(archive_write_header(writer.get(), entry.get()));
    check(archive_write_data(writer.get(), content.data(), content.size()) < 0 ? ARCHIVE_FATAL : ARCHIVE_OK);
  }
  check(archive_write_close(writer.get()));
  writeFile(path, bytes);
}

}  // namespace p2l
