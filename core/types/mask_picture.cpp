// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/mask_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <set>

#include "core/types/error.h"

namespace p2l {
namespace {

// Shares of pixels that are as good as all. A JPEG smears colours over blocks of 16 x 16 pixels.
constexpr double kNearlyAll = 0.98, kMost = 0.95, kMostPainted = 0.8;
constexpr float kOneColour = 16 / 255.0f;  ///< samples that differ by less are of one colour
constexpr float kBlack = 0.1f, kWhite = 0.9f;
constexpr float kNoColour = 0.2f, kStrongColour = 0.5f;  ///< of the difference between the channels

using Colour = std::array<float, 3>;

/// One pixel, grey as three equal channels.
struct Pixel {
  Colour colour;
  float alpha;

  float luma() const { return 0.299f * colour[0] + 0.587f * colour[1] + 0.114f * colour[2]; }
  /// How colourful: 0 for grey, 1 for pure red.
  float chroma() const {
    const auto [least, most] = std::minmax_element(colour.begin(), colour.end());
    return *most - *least;
  }
  bool isVisible() const { return alpha >= 0.5f; }
  bool isBlackOrWhite() const { return chroma() <= kNoColour && (luma() <= kBlack || luma() >= kWhite); }
};

/// The pixels of a picture, row by row.
class Pixels {
 public:
  explicit Pixels(const Image& picture) : picture_(picture) {}

  std::size_t count() const { return static_cast<std::size_t>(picture_.width) * picture_.height; }
  Pixel operator[](std::size_t i) const {
    const float* sample = &picture_.pixels[i * picture_.channels];
    const int last = picture_.channels - 1;
    return {{sample[0], sample[last >= 2 ? 1 : 0], sample[last >= 2 ? 2 : 0]},
            picture_.hasAlpha() ? sample[last] : 1.0f};
  }
  template <class Chosen>
  std::size_t countIf(const Chosen& chosen) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < count(); ++i) found += chosen((*this)[i]) ? 1 : 0;
    return found;
  }

 private:
  const Image& picture_;
};

using Choice = std::function<bool(const Pixel&)>;

/// The pixels of a choice: how many they are, and what colour they have in the mean.
struct Group {
  std::size_t count = 0;
  Colour mean{};
  double near = 0.0;  ///< share of those that have the mean colour

  Group(const Pixels& pixels, const Choice& chosen) {
    std::array<double, 3> sum{};
    for (std::size_t i = 0; i < pixels.count(); ++i) {
      const auto pixel = pixels[i];
      if (!chosen(pixel)) continue;
      ++count;
      for (int c = 0; c < 3; ++c) sum[c] += pixel.colour[c];
    }
    if (count == 0) return;
    for (int c = 0; c < 3; ++c) mean[c] = static_cast<float>(sum[c] / static_cast<double>(count));
    const auto alike = pixels.countIf([&](const Pixel& pixel) {
      float distance = 0.0f;
      for (int c = 0; c < 3; ++c) distance = std::max(distance, std::abs(pixel.colour[c] - mean[c]));
      return chosen(pixel) && distance <= kOneColour;
    });
    near = static_cast<double>(alike) / static_cast<double>(count);
  }
};

int percent(double part, double whole) {
  return static_cast<int>(std::lround(100.0 * part / whole));
}

class MaskReader {
 public:
  explicit MaskReader(const Image& picture) : pixels_(picture) {
    mask_.image = Image(picture.width, picture.height, 1);
  }

  Mask read() {
    const Group visible(pixels_, [](const Pixel& pixel) { return pixel.isVisible(); });
    const bool has_hole = visible.count > 0 && visible.count < pixels_.count();
    if (has_hole) {
      readAlpha(visible);
    } else if (!readPaint()) {
      readLuma();
    }
    return std::move(mask_);
  }

 private:
  using Missing = std::function<float(const Pixel&)>;

  void take(const Missing& missing, const std::string& remark = {}) {
    for (std::size_t i = 0; i < pixels_.count(); ++i) mask_.image.pixels[i] = missing(pixels_[i]);
    if (!remark.empty()) mask_.remarks.push_back(remark);
  }
  static float opaque(const Pixel& pixel) { return pixel.alpha; }
  static float transparent(const Pixel& pixel) { return 1.0f - pixel.alpha; }
  /// Transparent counts as black.
  static float light(const Pixel& pixel) { return pixel.luma() * pixel.alpha; }

  void readAlpha(const Group& visible) {
    const Pixel mean{visible.mean, 1.0f};
    if (visible.near < kNearlyAll) return readPicture(visible);
    if (mean.chroma() <= kNoColour && mean.luma() >= 0.5f) return take(opaque);
    const bool strokes = mean.chroma() > kNoColour && 2 * visible.count <= pixels_.count();
    if (strokes) return take(opaque, "The mask is painted in one colour on nothing: what is painted is missing.");
    take(transparent, "The mask has one colour and a transparent part: the transparent part is missing.");
  }

  /// Of several colours, with a transparent part.
  void readPicture(const Group& visible) {
    const auto plain = pixels_.countIf([](const Pixel& pixel) { return pixel.isVisible() && pixel.isBlackOrWhite(); });
    if (static_cast<double>(plain) >= kMost * static_cast<double>(visible.count)) {
      return take(light, "The mask is black and white and has a transparent part: that part is taken as black.");
    }
    take(transparent, "The mask is a picture with a transparent part: the transparent part is missing.");
  }

  bool readPaint() {
    const Choice painted = [](const Pixel& pixel) { return pixel.chroma() >= kStrongColour; };
    const Choice bare = [](const Pixel& pixel) { return pixel.chroma() <= kNoColour; };
    const Group paint(pixels_, painted), ground(pixels_, bare);
    if (paint.count == 0 || ground.count == 0 || std::min(paint.near, ground.near) < kMostPainted) return false;
    if (static_cast<double>(paint.count + ground.count) < kMostPainted * static_cast<double>(pixels_.count()))
      return false;
    const float full = Pixel{paint.mean, 1.0f}.chroma();
    take([&](const Pixel& pixel) { return std::min(1.0f, pixel.chroma() / full); },
         "The mask is painted in one colour: what is coloured is missing.");
    return true;
  }

  /// What parts two levels that are both dark; nothing where there are others. They are two values to the bit, or, as
  /// a JPEG has them, two groups that lie apart.
  std::optional<float> darkThreshold() const {
    float least = 1.0f, most = 0.0f;
    std::set<float> levels;
    for (std::size_t i = 0; i < pixels_.count(); ++i) {
      const float level = light(pixels_[i]);
      least = std::min(least, level);
      most = std::max(most, level);
      if (levels.size() <= 2) levels.insert(level);
    }
    const float middle = (least + most) / 2.0f;
    if (most > 0.5f || levels.size() < 2) return std::nullopt;
    if (levels.size() == 2) return middle;
    const Group bright(pixels_, [&](const Pixel& pixel) { return light(pixel) > middle; });
    const Group dark(pixels_, [&](const Pixel& pixel) { return light(pixel) <= middle; });
    const bool apart = most - least > 4.0f * kOneColour && std::min(bright.near, dark.near) >= kMost;
    return apart ? std::optional(middle) : std::nullopt;
  }

  void readLuma() {
    if (const auto between = darkThreshold()) {
      return take([&](const Pixel& pixel) { return light(pixel) > *between ? 1.0f : 0.0f; },
                  "The mask has two levels, and both are dark: the brighter one is missing.");
    }
    take(light);
    const auto between = pixels_.countIf([](const Pixel& pixel) { return !pixel.isBlackOrWhite(); });
    const auto all = static_cast<double>(pixels_.count());
    if (static_cast<double>(between) <= (1.0 - kMost) * all) return;
    mask_.remarks.push_back(concat(percent(static_cast<double>(between), all), " % of the mask's pixels are neither ",
                                   "black nor white: those brighter than half are missing."));
  }

  Pixels pixels_;
  Mask mask_;
};

}  // namespace

Mask maskFromImage(const Image& picture, const std::string& name) {
  require(!picture.empty(), name, ": the mask is empty.");
  auto mask = MaskReader(picture).read();
  const float brightest = *std::max_element(mask.image.pixels.begin(), mask.image.pixels.end());
  require(brightest > 0.5f, name,
          ": the mask hides no pixel. White is missing and black is measured, and its brightest ", "pixel has ",
          static_cast<int>(std::lround(255.0f * brightest)), " of 255: paint white what is missing.");
  return mask;
}

}  // namespace p2l
