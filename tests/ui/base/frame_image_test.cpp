// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/frame_image.h"

#include <QColorSpace>
#include <QTest>

using namespace p2l;
using p2l::ui::imageFromQImage;
using p2l::ui::qimageFromImage;

class FrameImageTest : public QObject {
  Q_OBJECT

 private slots:
  void aFrameIsViewedNotCopied() {
    auto frame = std::make_shared<Frame>();
    frame->width = 5;  // 15 bytes a row: not a multiple of four
    frame->height = 3;
    for (int i = 0; i < 45; ++i) frame->bytes.push_back(static_cast<std::uint8_t>(i));
    std::weak_ptr<Frame> alive = frame;
    const void* bytes = frame->bytes.data();
    {
      QImage image = p2l::ui::imageFromFrame(std::move(frame));
      QCOMPARE(static_cast<const void*>(image.constBits()), bytes);
      QCOMPARE(image.pixelColor(4, 2), QColor(42, 43, 44));
      const QImage second = image;
      image = QImage();
      QVERIFY(!alive.expired());
    }
    QVERIFY(alive.expired());
    QVERIFY(p2l::ui::imageFromFrame(nullptr).isNull());
  }

  void alphaFramesAreNotPremultiplied() {
    auto frame = std::make_shared<Frame>();
    *frame = {1, 1, 4, {200, 100, 50, 128}};
    QCOMPARE(p2l::ui::imageFromFrame(frame).pixelColor(0, 0), QColor(200, 100, 50, 128));
  }

  void pastesKeepChannelsAndSamples() {
    QImage rgb(3, 2, QImage::Format_RGB32);
    rgb.fill(QColor(10, 20, 30));
    Image image = imageFromQImage(rgb);
    QCOMPARE(image.channels, 3);
    QCOMPARE(image.at(2, 1, 2), 30 / 255.0f);

    QImage grey(3, 2, QImage::Format_Grayscale8);
    grey.fill(77);
    image = imageFromQImage(grey);
    QCOMPARE(image.channels, 1);
    QCOMPARE(image.at(1, 1, 0), 77 / 255.0f);

    QImage alpha(3, 2, QImage::Format_ARGB32_Premultiplied);
    alpha.fill(QColor(255, 0, 0, 51));
    image = imageFromQImage(alpha);
    QCOMPARE(image.channels, 4);
    QCOMPARE(image.at(0, 0, 0), 1.0f);
    QCOMPARE(image.at(0, 0, 3), 0.2f);

    QImage deep(2, 2, QImage::Format_RGBX64);
    deep.fill(QColor::fromRgba64(1000, 2000, 65535));
    image = imageFromQImage(deep);
    QCOMPARE(image.channels, 3);
    QCOMPARE(image.at(1, 0, 0), 1000 / 65535.0f);
    QVERIFY(imageFromQImage(QImage()).empty());
  }

  void pastesInAnotherColourSpaceBecomeSrgb() {
    QImage wide(1, 1, QImage::Format_RGB32);
    wide.fill(QColor(0, 200, 0));
    wide.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
    const Image image = imageFromQImage(wide);
    QVERIFY(image.at(0, 0, 1) > 200 / 255.0f);  // the same green needs a higher value in the smaller space
  }

  void roundTripThroughTheScreenFormat() {
    Image image(4, 3, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = static_cast<float>(i * 7 % 256) / 255.0f;
    const Image back = imageFromQImage(qimageFromImage(image));
    QCOMPARE(back.channels, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) QCOMPARE(back.pixels[i], image.pixels[i]);
  }
};

QTEST_GUILESS_MAIN(FrameImageTest)
#include "frame_image_test.moc"
