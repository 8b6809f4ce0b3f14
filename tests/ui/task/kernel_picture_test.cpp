// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of a blur: as wide as the blur is, bright in the middle, and turned as a run turns it.
#include "ui/task/kernel_picture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace p2l;

class KernelPictureTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;

  static RestoreRequest request(const char* task, const ParamValues& values) {
    RestoreRequest request;
    request.degradation().id = task;
    request.degradation().values = values;
    return request;
  }
  /// The picture of this blur, when it is there.
  static QImage pictureOf(ui::KernelPicture& shown, const RestoreRequest& request,
                          std::shared_ptr<const Image> kernel = nullptr) {
    QSignalSpy changed(&shown, &ui::KernelPicture::changed);
    shown.show(request, std::move(kernel));
    return changed.wait(kPatience) ? shown.picture() : QImage();
  }
  /// Whether the pixel so far from the middle is bright; one outside of the picture is not.
  static bool isBright(const QImage& picture, int right, int down) {
    const QPoint place(picture.width() / 2 + right, picture.height() / 2 + down);
    return picture.rect().contains(place) && qGray(picture.pixel(place)) > 100;
  }

 private slots:
  void aDiscIsAsWideAsItsRadius() {
    ui::KernelPicture shown;
    QVERIFY(shown.picture().isNull());
    const auto large = pictureOf(shown, request("defocus", {{"radius", 6.0}}));
    QVERIFY(!large.isNull());
    QCOMPARE(large.width(), large.height());
    QCOMPARE(large.width() % 2, 1);
    const int middle = large.width() / 2;
    QVERIFY(middle >= 6 && middle <= 10);
    QVERIFY(qGray(large.pixel(middle, middle)) > 250);
    QVERIFY(qGray(large.pixel(middle + 4, middle)) > 250);
    QVERIFY(qGray(large.pixel(0, 0)) < 5);
    const auto small = pictureOf(shown, request("defocus", {{"radius", 2.0}}));
    QVERIFY(!small.isNull());
    QVERIFY2(small.width() < large.width(), qPrintable(QString::number(small.width())));
  }

  void aMovementIsTurnedByItsAngle() {
    ui::KernelPicture shown;
    const auto at = [&](double angle) {
      return pictureOf(shown, request("straight-motion-blur", {{"length", 15.0}, {"angle", angle}}));
    };
    const auto level = at(0.0), rising = at(45.0), upright = at(90.0);  // counterclockwise
    for (const int side : {-1, 1}) {
      QVERIFY(isBright(level, 5 * side, 0) && !isBright(level, 0, 5 * side));
      QVERIFY(!isBright(upright, 5 * side, 0) && isBright(upright, 0, 5 * side));
      QVERIFY(isBright(rising, 4 * side, -4 * side) && !isBright(rising, 4 * side, 4 * side));
    }
  }

  void aGivenKernelIsShownAsARunAppliesIt() {
    auto kernel = std::make_shared<Image>(5, 5, 1, 0.0f);
    kernel->at(0, 1, 0) = kernel->at(2, 2, 0) = 1.0f;  // up and to the left of the middle
    ui::KernelPicture shown;
    auto blur = request("motion-blur", {});
    const auto today = pictureOf(shown, blur, kernel);
    QVERIFY(isBright(today, 0, 0) && isBright(today, -2, -1) && !isBright(today, 2, 1));
    blur.degradation().kernel_turned = true;  // a request of an earlier version
    const auto turned = pictureOf(shown, blur, kernel);
    QVERIFY(isBright(turned, 0, 0) && isBright(turned, 2, 1) && !isBright(turned, -2, -1));
  }

  void theSameBlurIsNotComputedAgain() {
    ui::KernelPicture shown;
    const auto blur = request("defocus", {{"radius", 3.0}});
    QVERIFY(!pictureOf(shown, blur).isNull());
    QSignalSpy changed(&shown, &ui::KernelPicture::changed);
    shown.show(blur, nullptr);
    QVERIFY(!changed.wait(300));
    shown.show(request("defocus", {{"radius", 4.0}}), nullptr);
    QVERIFY(changed.wait(kPatience));
  }

  void itIsPaintedOnBlack() {
    ui::KernelPicture shown;
    QCOMPARE(shown.size(), QSize(ui::KernelPicture::kSide, ui::KernelPicture::kSide));
    const int middle = ui::KernelPicture::kSide / 2;
    const auto grey = [&](int x, int y) { return qGray(shown.grab().toImage().pixel(x, y)); };
    QVERIFY(grey(middle, middle) < 5);
    QVERIFY(!pictureOf(shown, request("defocus", {{"radius", 6.0}})).isNull());
    QVERIFY(grey(middle, middle) > 250);
    QVERIFY(grey(8, 8) < 5);
  }
};

QTEST_MAIN(KernelPictureTest)
#include "kernel_picture_test.moc"
