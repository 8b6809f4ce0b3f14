// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog for a blur's kernel: what it is opened on, and what it leaves alone.
#include "ui/task/kernel_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <numeric>

#include "tests/support/german_numbers.h"
#include "ui/base/frame_image.h"
#include "ui/base/photo_opener.h"
#include "ui/document/run_model.h"
#include "ui/task/kernel_canvas.h"

using namespace p2l;

class KernelDialogTest : public QObject {
  Q_OBJECT

 private:
  enum Kind { Drawn = 4, File = 5 };
  std::unique_ptr<ui::RunModel> model_;
  QTemporaryDir folder_;

  void draw(ui::KernelDialog& dialog, int x) {
    auto* canvas = dialog.findChild<ui::KernelCanvas*>();
    const auto middle = canvas->rect().center() + QPoint(x, 0);
    QTest::mousePress(canvas, Qt::LeftButton, {}, middle - QPoint(0, 40));
    QTest::mouseMove(canvas, middle);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, middle);
  }
  static float sumOf(const Image& kernel) { return std::accumulate(kernel.pixels.begin(), kernel.pixels.end(), 0.0f); }
  std::shared_ptr<const Image> kernel() const {
    RestoreRequest request;
    return model_->pictures(request).kernel;
  }
  static int kindOf(const ui::KernelDialog& dialog) { return dialog.findChild<QComboBox*>()->currentIndex(); }

 private slots:
  void init() {
    model_ = std::make_unique<ui::RunModel>();
    auto read = std::make_shared<Photo>();
    read->image = Image(64, 64, 3, 0.5f);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("a.png");
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    model_->setPhoto(opened);
  }

  void commaAndPointAreBothTyped() {
    const auto english = std::make_unique<ui::KernelDialog>(model_.get());
    const auto box = [](const ui::KernelDialog& dialog) {
      const auto boxes = dialog.findChildren<QDoubleSpinBox*>();
      return *std::find_if(boxes.begin(), boxes.end(),
                           [](auto* each) { return each->accessibleName() == "Intensity"; });
    };
    QCOMPARE(box(*english)->text(), QStringLiteral("0.50"));
    const test::GermanNumbers numbers;
    ui::KernelDialog german(model_.get());
    QCOMPARE(box(german)->text(), QStringLiteral("0,50"));
    for (auto* intensity : {box(*english), box(german)}) {
      const auto point = intensity->locale().decimalPoint();
      for (const char* typed : {"0,25", "0.25"}) {
        intensity->setValue(1.0);
        intensity->selectAll();
        QTest::keyClicks(intensity, QString::fromLatin1(typed));
        intensity->interpretText();
        QCOMPARE(intensity->value(), 0.25);
        QCOMPARE(intensity->text(), QStringLiteral("0") + point + QStringLiteral("25"));
      }
    }
  }

  void aDrawingIsThereAgainAndIsDrawnOn() {
    {
      ui::KernelDialog dialog(model_.get());
      dialog.findChild<QComboBox*>()->setCurrentIndex(Drawn);
      dialog.show();
      draw(dialog, 0);
      dialog.accept();
    }
    const auto first = kernel();
    QVERIFY(first != nullptr);
    {
      ui::KernelDialog dialog(model_.get());
      QCOMPARE(kindOf(dialog), int(Drawn));
      QCOMPARE(dialog.kernel(), first);
      dialog.accept();
    }
    QCOMPARE(kernel()->pixels, first->pixels);
    ui::KernelDialog dialog(model_.get());
    dialog.show();
    draw(dialog, 40);
    QVERIFY(sumOf(*dialog.kernel()) > 1.5f * sumOf(*first));
    for (std::size_t i = 0; i < first->pixels.size(); ++i) QVERIFY(dialog.kernel()->pixels[i] >= first->pixels[i]);
    dialog.findChild<ui::KernelCanvas*>()->clearDrawn();
    QVERIFY(dialog.kernel() == nullptr);
    draw(dialog, 40);
    QVERIFY(sumOf(*dialog.kernel()) < 1.5f * sumOf(*first));
  }

  void aFileIsThereAgain() {
    QImage picture(5, 7, QImage::Format_Grayscale8);
    picture.fill(200);
    const auto path = folder_.filePath(QStringLiteral("kernel.png"));
    QVERIFY(picture.save(path));
    {
      ui::KernelDialog dialog(model_.get());
      dialog.openKernel(path);
      QTRY_VERIFY(dialog.kernel() != nullptr);
      dialog.accept();
    }
    const auto first = kernel();
    ui::KernelDialog dialog(model_.get());
    QCOMPARE(kindOf(dialog), int(File));
    QCOMPARE(dialog.kernel(), first);
    const auto labels = dialog.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const auto* label) { return label->text().contains(QStringLiteral("kernel.png, 5 × 7")); }));
    dialog.accept();
    QCOMPARE(model_->request().degradation().kernel, path.toStdString());
    QCOMPARE(kernel(), first);
  }

  void aFurtherDegradationStays() {
    auto request = model_->request();
    request.degradation() = {"gaussian-blur", {{"sigma", 2.0}}, {}, {}, false};
    request.degradations.push_back({"jpeg", {{"quality", 40.0}}, {}, {}, false});
    model_->changeTask(request, nullptr, 1.0);
    ui::KernelDialog dialog(model_.get());
    QSignalSpy recalled(model_.get(), &ui::RunModel::taskRecalled);
    dialog.findChild<QComboBox*>()->setCurrentIndex(0);  // a straight movement
    dialog.accept();
    QCOMPARE(recalled.count(), 1);
    const auto now = model_->request();
    QCOMPARE(now.degradation().id, std::string("straight-motion-blur"));
    QCOMPARE(now.degradations.size(), std::size_t(2));
    QCOMPARE(now.degradations[1].id, std::string("jpeg"));
    QCOMPARE(numberOf(now.degradations[1].values, "quality"), 40.0);
  }
};

QTEST_MAIN(KernelDialogTest)
#include "kernel_dialog_test.moc"
