// SPDX-License-Identifier: GPL-3.0-or-later
// The studio: p2l_studio [PHOTO]
#include <unistd.h>

#include <QCommandLineParser>
#include <QIcon>
#include <QSettings>
#include <cstdlib>

#include "app/studio.h"
#include "app/studio_application.h"
#include "core/api/engine.h"
#include "ui/theme.h"

namespace {

/// libgomp reads its environment when it is loaded, before main. Its threads would spin between two tensor operations
/// and take the processor from the window, so the program starts itself anew with the policy set.
void yieldBetweenTensorOperations(char** arguments) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  setenv("OMP_WAIT_POLICY", "passive", 1);
  execv("/proc/self/exe", arguments);  // returns only when it fails; then the window is merely slower
}

}  // namespace

int main(int argc, char** argv) {
  yieldBetweenTensorOperations(argv);
  p2l::app::StudioApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("p2l-studio"));
  QApplication::setApplicationDisplayName(QStringLiteral("P2L Studio"));
  QApplication::setOrganizationName(QStringLiteral("p2l-studio"));
  QApplication::setApplicationVersion(QStringLiteral(P2L_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("p2l-studio"));
  // The raster copy: a drawing would need Qt's SVG plugin.
  QApplication::setWindowIcon(
      QIcon(QString::fromStdString(p2l::resourceFolder()) + QStringLiteral("/icons/p2l-studio.png")));

  QCommandLineParser parser;
  parser.setApplicationDescription(QObject::tr("Restores photos with prompt-tuned latent diffusion (P2L)."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("photo"), QObject::tr("The photo to open; the sample photo without one."),
                               QStringLiteral("[photo]"));
  parser.process(application);

  p2l::ui::applyTheme(application, static_cast<p2l::ui::Theme>(QSettings().value(QStringLiteral("theme"), 0).toInt()));
  p2l::app::Studio studio;
  application.setWindow(&studio.window());
  studio.start(parser.positionalArguments().value(0));
  const int code = QApplication::exec();
  application.setWindow(nullptr);
  return code;
}
