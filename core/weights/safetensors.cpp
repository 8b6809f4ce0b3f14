// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/safetensors.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/types/error.h"

namespace p2l {
namespace {

// The reference implementation refuses longer headers too.
constexpr std::uint64_t kLongestHeader = 100'000'000;

struct TypeName {
  const char* name;
  at::ScalarType type;
};
constexpr TypeName kTypes[] = {{"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16},
                               {"I64", at::kLong},   {"I32", at::kInt},   {"U8", at::kByte},  {"BOOL", at::kBool}};

/// What the first bytes say a file is when it is no safetensors file; empty if nothing is recognised.
std::string otherFormat(std::string_view head, const std::string& path) {
  auto starts = [&](std::string_view prefix) { return head.substr(0, prefix.size()) == prefix; };
  if (starts("version https://git-lfs")) {
    return "a Git-LFS pointer, not the weights: fetch the real file with `git lfs pull` or download it again";
  }
  if (starts("<!DOCTYPE") || starts("<!doctype") || starts("<html") || starts("<HTML")) {
    return "a web page saved under this name: download the file itself";
  }
  const bool riff_picture = starts("RIFF") && head.substr(8, 4) == "WEBP";
  if (starts("\x89PNG") || starts("\xFF\xD8\xFF") || riff_picture) return "a picture; a safetensors file was expected";
  if (starts("GGUF")) return "a GGUF file; Stable Diffusion weights as .safetensors are read";
  if (starts("PK\x03\x04") || starts("\x80\x02") || starts("\x80\x04")) {
    return pickleAdvice(path);
  }
  return {};
}

/// In single quotes, as a shell takes it.
std::string shellQuoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string pickleAdvice(const std::string& pickle, std::string target) {
  if (target.empty()) target = std::filesystem::path(pickle).replace_extension(".safetensors").string();
  return concat(
      "a pickle, which can run code when it is read and is not opened here; convert it once with\n"
      "  python3 -c \"import sys, torch; from safetensors.torch import save_file; "
      "torch.serialization.add_safe_globals([torch.nn.ParameterDict]); "
      "d = torch.load(sys.argv[1], map_location='cpu', weights_only=True); d = d.get('state_dict', "
      "d.get('string_to_param', d)); "
      "save_file({k: t.detach().clone().contiguous() for k, t in d.items() if torch.is_tensor(t)}, sys.argv[2])\" ",
      shellQuoted(pickle), " ", shellQuoted(target), "\nand use the new file");
}

std::shared_ptr<const SafetensorsFile> SafetensorsFile::open(const std::string& path) {
  std::shared_ptr<SafetensorsFile> file(new SafetensorsFile);
  file->path_ = path;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  require(descriptor >= 0, path, ": cannot be opened (", std::strerror(errno), ")");
  struct stat status {};
  const bool regular = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (regular && status.st_size > 0) {
    file->size_ = static_cast<std::uint64_t>(status.st_size);
    void* map = mmap(nullptr, file->size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (map != MAP_FAILED) file->data_ = static_cast<const std::uint8_t*>(map);
  }
  close(descriptor);
  require(regular, path, ": is not a regular file; a safetensors file was expected");
  require(file->size_ > 0, path, ": is empty; a safetensors file was expected");
  require(file->data_ != nullptr, path, ": cannot be mapped into memory (", std::strerror(errno), ")");
  file->parseHeader();
  return file;
}

SafetensorsFile::~SafetensorsFile() {
  if (data_ != nullptr) munmap(const_cast<std::uint8_t*>(data_), size_);
}

void SafetensorsFile::parseHeader() {
  const std::string_view head(reinterpret_cast<const char*>(data_), std::min<std::uint64_t>(size_, 64));
  const std::string other = otherFormat(head, path_);
  require(other.empty(), path_, ": is ", other);
  require(size_ >= 8, path_, ": has ", size_, " bytes; a safetensors file has at least 8");
  std::uint64_t header_bytes = 0;
  std::memcpy(&header_bytes, data_, 8);
  require(header_bytes <= kLongestHeader && header_bytes <= size_ - 8, path_,
          ": is truncated or not a safetensors file, which was expected: by its first 8 bytes it has a header of ",
          header_bytes, " bytes, and it has ", size_);

  const char* text = reinterpret_cast<const char*>(data_) + 8;
  const auto header = nlohmann::json::parse(text, text + header_bytes, nullptr, /*allow_exceptions=*/false);
  require(header.is_object(), path_, ": its header is not a JSON object; it is damaged or not a safetensors file");

  const std::uint64_t data_begin = 8 + header_bytes;
  const std::uint64_t data_bytes = size_ - data_begin;
  for (const auto& [key, value] : header.items()) {
    if (key == "__metadata__") {
      for (const auto& [name, text] : value.items()) {
        if (text.is_string()) metadata_[name] = text.get<std::string>();
      }
      continue;
    }
    const auto where = concat(path_, ": tensor ", key);
    require(value.is_object() && value.contains("dtype") && value.contains("shape") && value.contains("data_offsets"),
            where, " lacks dtype, shape or data_offsets");
    const auto& dtype = value["dtype"];
    const auto* type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                    [&](const TypeName& row) { return dtype.is_string() && dtype == row.name; });
    require(type != std::end(kTypes), where, " has type ", shownJson(dtype),
            "; F64, F32, F16, BF16, I64, I32, U8 and BOOL are read");

    Entry entry;
    entry.type = type->type;
    require(value["shape"].is_array(), where, " has a shape that is no list");
    std::uint64_t count = 1;
    for (const auto& side : value["shape"]) {
      require(side.is_number_unsigned(), where, " has a side that is no non-negative integer: ", shownJson(side));
      const auto n = side.get<std::uint64_t>();
      require(n <= std::uint64_t{1} << 40 && (n == 0 || count <= (std::uint64_t{1} << 40) / n), where,
              " is impossibly large");
      count *= n;
      entry.shape.push_back(static_cast<std::int64_t>(n));
    }
    const auto& offsets = value["data_offsets"];
    require(
        offsets.is_array() && offsets.size() == 2 && offsets[0].is_number_unsigned() && offsets[1].is_number_unsigned(),
        where, " has data_offsets that are no pair of integers");
    const auto begin = offsets[0].get<std::uint64_t>();
    const auto end = offsets[1].get<std::uint64_t>();
    require(begin <= end && end <= data_bytes, where, " lies at bytes ", begin, " to ", end, " of ", data_bytes,
            "; the file is truncated or damaged");
    require(end - begin == count * at::elementSize(entry.type), where, " has ", end - begin,
            " bytes where its shape asks for ", count * at::elementSize(entry.type));
    entry.begin = data_begin + begin;
    entry.bytes = end - begin;
    entries_.emplace(key, std::move(entry));
  }

  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans;
  for (const auto& [key, entry] : entries_) {
    if (entry.bytes > 0) spans.emplace_back(entry.begin, entry.begin + entry.bytes);
  }
  std::sort(spans.begin(), spans.end());
  for (std::size_t i = 1; i < spans.size(); ++i) {
    require(spans[i].first >= spans[i - 1].second, path_, ": two tensors overlap at byte ", spans[i].first,
            "; the file is damaged");
  }
}

at::Tensor SafetensorsFile::tensor(const std::string& key) const {
  const auto found = entries_.find(key);
  require(found != entries_.end(), path_, ": has no tensor ", key);
  const Entry& entry = found->second;
  void* begin = const_cast<std::uint8_t*>(data_ + entry.begin);
  if (entry.begin % at::elementSize(entry.type) == 0) {
    auto self = shared_from_this();
    return at::from_blob(
        begin, entry.shape, [self](void*) {}, at::TensorOptions(entry.type));
  }
  auto copy = at::empty(entry.shape, at::TensorOptions(entry.type));
  if (entry.bytes > 0) std::memcpy(copy.mutable_data_ptr(), begin, entry.bytes);
  return copy;
}

void SafetensorsFile::releasePages() const {
  if (data_ != nullptr) madvise(const_cast<std::uint8_t*>(data_), size_, MADV_DONTNEED);
}

void writeSafetensors(const std::string& path, const std::map<std::string, at::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  nlohmann::json header = nlohmann::json::object();
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::vector<at::Tensor> contents;
  std::uint64_t offset = 0;
  for (const auto& [key, tensor] : tensors) {
    const auto content = tensor.detach().to(at::kCPU).contiguous();
    const auto* type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                    [&](const TypeName& row) { return content.scalar_type() == row.type; });
    require(type != std::end(kTypes), path, ": tensor ", key, " has a type that safetensors cannot hold");
    const std::uint64_t bytes = content.nbytes();
    header[key] = {{"dtype", type->name}, {"shape", content.sizes().vec()}, {"data_offsets", {offset, offset + bytes}}};
    offset += bytes;
    contents.push_back(content);
  }
  std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // keeps the data aligned

  const std::uint64_t header_bytes = text.size();
  const auto bytesOf = [](const void* data, std::size_t size) {
    return std::span(static_cast<const std::uint8_t*>(data), size);
  };
  std::vector<std::span<const std::uint8_t>> parts = {bytesOf(&header_bytes, sizeof header_bytes),
                                                      bytesOf(text.data(), text.size())};
  for (const auto& content : contents) parts.push_back(bytesOf(content.const_data_ptr(), content.nbytes()));
  writeFile(path, parts);
}

}  // namespace p2l
