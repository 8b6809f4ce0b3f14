<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>Restores photos with prompt-tuned latent diffusion (P2L).</source>
        <translation>Restauriert Fotos durch latente Diffusion mit angepasstem Prompt (P2L).</translation>
    </message>
    <message>
        <source>The photo or project to open, the sample photo without one; further photos are offered to the queue.</source>
        <translation>Das Foto oder Projekt, das geöffnet wird, ohne Angabe das Beispielfoto; weitere Fotos werden der Warteschlange angeboten.</translation>
    </message>
    <message>
        <source>Language of the window, %1; default: as chosen in the menu View, else the system&apos;s.</source>
        <translation>Sprache des Fensters, %1; Vorgabe: wie im Menü Ansicht gewählt, sonst die des Systems.</translation>
    </message>
</context>
<context>
    <name>catalogue</name>
    <message>
        <source>Embedded pixel model, DPS: super-resolution</source>
        <translation>Eingebautes Pixelmodell, DPS: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: super-resolution ×8</source>
        <translation>Eingebautes Pixelmodell, DPS: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: Gaussian deblurring</source>
        <translation>Eingebautes Pixelmodell, DPS: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DPS: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: inpainting</source>
        <translation>Eingebautes Pixelmodell, DPS: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: random pixel drop</source>
        <translation>Eingebautes Pixelmodell, DPS: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: bicubic super-resolution</source>
        <translation>Eingebautes Pixelmodell, DPS: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: defocus deblurring</source>
        <translation>Eingebautes Pixelmodell, DPS: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: box inpainting</source>
        <translation>Eingebautes Pixelmodell, DPS: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: JPEG decompression</source>
        <translation>Eingebautes Pixelmodell, DPS: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: super-resolution</source>
        <translation>Eingebautes Pixelmodell, DDS: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: inpainting</source>
        <translation>Eingebautes Pixelmodell, DDS: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: random pixel drop</source>
        <translation>Eingebautes Pixelmodell, DDS: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: super-resolution</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: Gaussian deblurring</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: inpainting</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: random pixel drop</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: bicubic super-resolution</source>
        <translation>Eingebautes Pixelmodell, DDS: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: box inpainting</source>
        <translation>Eingebautes Pixelmodell, DDS: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: bicubic super-resolution</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: defocus deblurring</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: box inpainting</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: Gaussian deblurring</source>
        <translation>Eingebautes Pixelmodell, DDS: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DDS: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: defocus deblurring</source>
        <translation>Eingebautes Pixelmodell, DDS: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: denoising</source>
        <translation>Eingebautes Pixelmodell, DPS: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: denoising</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: denoising</source>
        <translation>Eingebautes Pixelmodell, DDS: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: straight motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DPS: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: straight motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: straight motion deblurring</source>
        <translation>Eingebautes Pixelmodell, DDS: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded pixel model, DPS: super-resolution, any factor</source>
        <translation>Eingebautes Pixelmodell, DPS: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded pixel model, DDS: super-resolution, any factor</source>
        <translation>Eingebautes Pixelmodell, DDS: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded pixel model, DiffPIR: super-resolution, any factor</source>
        <translation>Eingebautes Pixelmodell, DiffPIR: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 10 to 30</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 10 bis 30</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 14 to 45</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 14 bis 45</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 7, 10, 14</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 7, 10, 14</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 5, 7, 10</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 5, 7, 10</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 2, 3, 4.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 2 / 3 / 4,5</translation>
    </message>
    <message>
        <source>the values of super-resolution; not searched for this task</source>
        <translation>die Werte von Superauflösung; nicht für diese Aufgabe gesucht</translation>
    </message>
    <message>
        <source>the values of Gaussian deblurring; not searched for this task</source>
        <translation>die Werte von Gaußsche Unschärfe; nicht für diese Aufgabe gesucht</translation>
    </message>
    <message>
        <source>the values of inpainting; not searched for this task</source>
        <translation>die Werte von Ausfüllen; nicht für diese Aufgabe gesucht</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, eta 1: rho 3, 4.5, 6.5; 50 and 100 steps</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, eta 1: rho 3 / 4,5 / 6,5; 50 und 100 Schritte</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128: gamma 0.001 to 3, where 0.03 and less are within 0.05 dB; eta 0, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128: gamma 0,001 bis 3, wobei alles bis 0,03 innerhalb von 0,05 dB liegt; eta 0 / 1</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: start 0.07 to 1; lambda 2, 7; zeta 0.5, 1; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: start 0,07 bis 1; lambda 2 / 7; zeta 0,5 / 1; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: start 0.15 to 1; lambda 1, 2, 7; zeta 0.6, 1; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: start 0,15 bis 1; lambda 1 / 2 / 7; zeta 0,6 / 1; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: start 0.15 to 1; lambda 0.7 to 7; zeta 0.6, 1; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: start 0,15 bis 1; lambda 0,7 bis 7; zeta 0,6 / 1; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: start 0.15 to 1; lambda 0.7, 2, 7; zeta 0.6, 1; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: start 0,15 bis 1; lambda 0,7 / 2 / 7; zeta 0,6 / 1; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: noise 0.2; start 0.2 to 1; lambda 0.7, 2, 7; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: Rauschen 0,2; start 0,2 bis 1; lambda 0,7 / 2 / 7; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>search on eight photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: start 0.05 to 1; lambda 2, 10; zeta 0.3, 1; 8, 20 and 50 steps</source>
        <translation>Suche auf acht vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: start 0,05 bis 1; lambda 2 / 10; zeta 0,3 / 1; 8, 20 und 50 Schritte</translation>
    </message>
    <message>
        <source>the values of inpainting as they were before its search over start, from noise; not searched for this task</source>
        <translation>die Werte von Ausfüllen vor der Suche über start, von reinem Rauschen aus; nicht für diese Aufgabe gesucht</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128: cg_steps 5, 20, 50; gamma 0.001 to 0.3; eta 0, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128: cg_steps 5 / 20 / 50; gamma 0,001 bis 0,3; eta 0 / 1</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dps-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-pixel-dps-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dds-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-pixel-dds-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dps-motion-blur</source>
        <translation>die Werte von p2l-tiny-pixel-dps-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-diffpir-motion-blur</source>
        <translation>die Werte von p2l-tiny-pixel-diffpir-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dds-motion-blur</source>
        <translation>die Werte von p2l-tiny-pixel-dds-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dps-sr</source>
        <translation>die Werte von p2l-tiny-pixel-dps-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-dds-sr</source>
        <translation>die Werte von p2l-tiny-pixel-dds-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-pixel-diffpir-sr</source>
        <translation>die Werte von p2l-tiny-pixel-diffpir-sr</translation>
    </message>
    <message>
        <source>Embedded model: super-resolution</source>
        <translation>Eingebautes Modell: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model: super-resolution ×8</source>
        <translation>Eingebautes Modell: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model: Gaussian deblurring</source>
        <translation>Eingebautes Modell: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model: motion deblurring</source>
        <translation>Eingebautes Modell: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model: inpainting</source>
        <translation>Eingebautes Modell: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model: random pixel drop</source>
        <translation>Eingebautes Modell: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, fast: super-resolution</source>
        <translation>Eingebautes Modell, schnell: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, fast: Gaussian deblurring</source>
        <translation>Eingebautes Modell, schnell: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, fast: motion deblurring</source>
        <translation>Eingebautes Modell, schnell: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: super-resolution</source>
        <translation>Eingebautes Modell, LDPS: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: super-resolution ×8</source>
        <translation>Eingebautes Modell, LDPS: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: Gaussian deblurring</source>
        <translation>Eingebautes Modell, LDPS: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: motion deblurring</source>
        <translation>Eingebautes Modell, LDPS: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: inpainting</source>
        <translation>Eingebautes Modell, LDPS: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: random pixel drop</source>
        <translation>Eingebautes Modell, LDPS: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: super-resolution</source>
        <translation>Eingebautes Modell, GML-DPS: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: super-resolution ×8</source>
        <translation>Eingebautes Modell, GML-DPS: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: Gaussian deblurring</source>
        <translation>Eingebautes Modell, GML-DPS: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: motion deblurring</source>
        <translation>Eingebautes Modell, GML-DPS: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: inpainting</source>
        <translation>Eingebautes Modell, GML-DPS: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: random pixel drop</source>
        <translation>Eingebautes Modell, GML-DPS: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: super-resolution</source>
        <translation>Eingebautes Modell, PSLD: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: super-resolution ×8</source>
        <translation>Eingebautes Modell, PSLD: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: Gaussian deblurring</source>
        <translation>Eingebautes Modell, PSLD: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: motion deblurring</source>
        <translation>Eingebautes Modell, PSLD: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: inpainting</source>
        <translation>Eingebautes Modell, PSLD: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: random pixel drop</source>
        <translation>Eingebautes Modell, PSLD: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: super-resolution</source>
        <translation>Eingebautes Modell, LDIR: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: super-resolution ×8</source>
        <translation>Eingebautes Modell, LDIR: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: Gaussian deblurring</source>
        <translation>Eingebautes Modell, LDIR: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: motion deblurring</source>
        <translation>Eingebautes Modell, LDIR: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: inpainting</source>
        <translation>Eingebautes Modell, LDIR: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: random pixel drop</source>
        <translation>Eingebautes Modell, LDIR: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, TReg: super-resolution</source>
        <translation>Eingebautes Modell, TReg: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, TReg: super-resolution ×8</source>
        <translation>Eingebautes Modell, TReg: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, TReg: Gaussian deblurring</source>
        <translation>Eingebautes Modell, TReg: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, TReg: motion deblurring</source>
        <translation>Eingebautes Modell, TReg: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, TReg: inpainting</source>
        <translation>Eingebautes Modell, TReg: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, TReg: random pixel drop</source>
        <translation>Eingebautes Modell, TReg: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: super-resolution</source>
        <translation>Eingebautes Modell, ReSample: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: super-resolution ×8</source>
        <translation>Eingebautes Modell, ReSample: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: Gaussian deblurring</source>
        <translation>Eingebautes Modell, ReSample: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: motion deblurring</source>
        <translation>Eingebautes Modell, ReSample: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: inpainting</source>
        <translation>Eingebautes Modell, ReSample: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: random pixel drop</source>
        <translation>Eingebautes Modell, ReSample: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: super-resolution</source>
        <translation>Eingebautes Modell, LatentDAPS: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: super-resolution ×8</source>
        <translation>Eingebautes Modell, LatentDAPS: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: Gaussian deblurring</source>
        <translation>Eingebautes Modell, LatentDAPS: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: motion deblurring</source>
        <translation>Eingebautes Modell, LatentDAPS: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: inpainting</source>
        <translation>Eingebautes Modell, LatentDAPS: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: random pixel drop</source>
        <translation>Eingebautes Modell, LatentDAPS: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: super-resolution</source>
        <translation>Eingebautes Modell, LATINO: Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: super-resolution ×8</source>
        <translation>Eingebautes Modell, LATINO: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: Gaussian deblurring</source>
        <translation>Eingebautes Modell, LATINO: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: motion deblurring</source>
        <translation>Eingebautes Modell, LATINO: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: inpainting</source>
        <translation>Eingebautes Modell, LATINO: Ausfüllen</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: random pixel drop</source>
        <translation>Eingebautes Modell, LATINO: zufällige Pixel</translation>
    </message>
    <message>
        <source>Embedded model: bicubic super-resolution</source>
        <translation>Eingebautes Modell: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: bicubic super-resolution</source>
        <translation>Eingebautes Modell, LDPS: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: bicubic super-resolution</source>
        <translation>Eingebautes Modell, GML-DPS: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: bicubic super-resolution</source>
        <translation>Eingebautes Modell, PSLD: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: bicubic super-resolution</source>
        <translation>Eingebautes Modell, LDIR: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, TReg: bicubic super-resolution</source>
        <translation>Eingebautes Modell, TReg: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: bicubic super-resolution</source>
        <translation>Eingebautes Modell, ReSample: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: bicubic super-resolution</source>
        <translation>Eingebautes Modell, LatentDAPS: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: bicubic super-resolution</source>
        <translation>Eingebautes Modell, LATINO: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Embedded model: defocus deblurring</source>
        <translation>Eingebautes Modell: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: defocus deblurring</source>
        <translation>Eingebautes Modell, LDPS: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: defocus deblurring</source>
        <translation>Eingebautes Modell, GML-DPS: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: defocus deblurring</source>
        <translation>Eingebautes Modell, PSLD: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: defocus deblurring</source>
        <translation>Eingebautes Modell, LDIR: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, TReg: defocus deblurring</source>
        <translation>Eingebautes Modell, TReg: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: defocus deblurring</source>
        <translation>Eingebautes Modell, ReSample: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: defocus deblurring</source>
        <translation>Eingebautes Modell, LatentDAPS: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: defocus deblurring</source>
        <translation>Eingebautes Modell, LATINO: Fehlfokus</translation>
    </message>
    <message>
        <source>Embedded model: box inpainting</source>
        <translation>Eingebautes Modell: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: box inpainting</source>
        <translation>Eingebautes Modell, LDPS: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: box inpainting</source>
        <translation>Eingebautes Modell, GML-DPS: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: box inpainting</source>
        <translation>Eingebautes Modell, PSLD: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: box inpainting</source>
        <translation>Eingebautes Modell, LDIR: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, TReg: box inpainting</source>
        <translation>Eingebautes Modell, TReg: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: box inpainting</source>
        <translation>Eingebautes Modell, ReSample: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: box inpainting</source>
        <translation>Eingebautes Modell, LatentDAPS: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: box inpainting</source>
        <translation>Eingebautes Modell, LATINO: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: JPEG decompression</source>
        <translation>Eingebautes Modell, LDPS: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: JPEG decompression</source>
        <translation>Eingebautes Modell, GML-DPS: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: JPEG decompression</source>
        <translation>Eingebautes Modell, LDIR: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: JPEG decompression</source>
        <translation>Eingebautes Modell, ReSample: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: JPEG decompression</source>
        <translation>Eingebautes Modell, LatentDAPS: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Embedded model: denoising</source>
        <translation>Eingebautes Modell: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: denoising</source>
        <translation>Eingebautes Modell, LDPS: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: denoising</source>
        <translation>Eingebautes Modell, GML-DPS: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: denoising</source>
        <translation>Eingebautes Modell, PSLD: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: denoising</source>
        <translation>Eingebautes Modell, LDIR: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, TReg: denoising</source>
        <translation>Eingebautes Modell, TReg: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: denoising</source>
        <translation>Eingebautes Modell, ReSample: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: denoising</source>
        <translation>Eingebautes Modell, LatentDAPS: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: denoising</source>
        <translation>Eingebautes Modell, LATINO: Entrauschen</translation>
    </message>
    <message>
        <source>Embedded model: straight motion deblurring</source>
        <translation>Eingebautes Modell: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: straight motion deblurring</source>
        <translation>Eingebautes Modell, LDPS: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: straight motion deblurring</source>
        <translation>Eingebautes Modell, GML-DPS: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: straight motion deblurring</source>
        <translation>Eingebautes Modell, PSLD: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: straight motion deblurring</source>
        <translation>Eingebautes Modell, LDIR: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, TReg: straight motion deblurring</source>
        <translation>Eingebautes Modell, TReg: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: straight motion deblurring</source>
        <translation>Eingebautes Modell, ReSample: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: straight motion deblurring</source>
        <translation>Eingebautes Modell, LatentDAPS: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: straight motion deblurring</source>
        <translation>Eingebautes Modell, LATINO: gerade Bewegung</translation>
    </message>
    <message>
        <source>Embedded model: super-resolution, any factor</source>
        <translation>Eingebautes Modell: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, LDPS: super-resolution, any factor</source>
        <translation>Eingebautes Modell, LDPS: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, GML-DPS: super-resolution, any factor</source>
        <translation>Eingebautes Modell, GML-DPS: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, PSLD: super-resolution, any factor</source>
        <translation>Eingebautes Modell, PSLD: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, LDIR: super-resolution, any factor</source>
        <translation>Eingebautes Modell, LDIR: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, TReg: super-resolution, any factor</source>
        <translation>Eingebautes Modell, TReg: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, ReSample: super-resolution, any factor</source>
        <translation>Eingebautes Modell, ReSample: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, LatentDAPS: super-resolution, any factor</source>
        <translation>Eingebautes Modell, LatentDAPS: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Embedded model, LATINO: super-resolution, any factor</source>
        <translation>Eingebautes Modell, LATINO: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, K = 0: lambda 0.001 to 0.1; rho 0, 0.3, 1; renoise 0, 0.5, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, K = 0: lambda 0,001 bis 0,1; rho 0 / 0,3 / 1; renoise 0 / 0,5 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, K = 0: lambda 0.0003 to 0.01; rho 0, 1, 3; renoise 0, 0.5, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, K = 0: lambda 0,0003 bis 0,01; rho 0 / 1 / 3; renoise 0 / 0,5 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, K = 0: lambda 0.0003 to 0.01; rho 0, 0.1, 0.3; renoise 0, 0.5, 1; cg_steps 5, 20, 50</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, K = 0: lambda 0,0003 bis 0,01; rho 0 / 0,1 / 0,3; renoise 0 / 0,5 / 1; cg_steps 5 / 20 / 50</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128: K 0, 1, 3; lr 0.03, 0.1; with K = 0 lambda 0.3, 1, 3; rho 0 to 1.2; renoise 0, 0.3, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128: K 0 / 1 / 3; lr 0,03 / 0,1; bei K = 0 lambda 0,3 / 1 / 3; rho 0 bis 1,2; renoise 0 / 0,3 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, K = 0: rho 0.3, 0.7, 1.5; renoise 0.2, 0.5, 0.8; gamma 1, 3; lambda 0.01, 0.1; eta 0</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, K = 0: rho 0,3 / 0,7 / 1,5; renoise 0,2 / 0,5 / 0,8; gamma 1 / 3; lambda 0,01 / 0,1; eta 0</translation>
    </message>
    <message>
        <source>projection with fresh noise alone, without the gradient and the prompt; within 0.02 dB of K = 0 with the gradient on three training photos, 128 x 128</source>
        <translation>nur Projektion mit neuem Rauschen, ohne Gradient und Prompt; innerhalb von 0,02 dB von K = 0 mit Gradient auf drei Trainingsfotos, 128 x 128</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 1 to 6.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 1 bis 6,5</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 3, 4.5, 6.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 3 / 4,5 / 6,5</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.3, 0.45, 0.7</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,3 / 0,45 / 0,7</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.2 to 0.45</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,2 bis 0,45</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.9 to 3</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,9 bis 3</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 1.5, 2.2, 3.3</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 1,5 / 2,2 / 3,3</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 3, 4.5, 6; gamma 0.1, 0.3, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 3 / 4,5 / 6; gamma 0,1 / 0,3 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 4.5, 6.5; gamma 0.1, 0.3, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 4,5 / 6,5; gamma 0,1 / 0,3 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.5, 0.7, 1; gamma 1, 3, 10</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,5 / 0,7 / 1; gamma 1 / 3 / 10</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.8, 1.3, 2; gamma 3, 10</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,8 / 1,3 / 2; gamma 3 / 10</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 1.5, 2.2, 3.3; gamma 0.1, 0.3, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 1,5 / 2,2 / 3,3; gamma 0,1 / 0,3 / 1</translation>
    </message>
    <message>
        <source>search on two photos kept from the training, 128 x 128, 100 steps, eta 1: rho 2.2 to 5; gamma 0.3 to 10</source>
        <translation>Suche auf zwei vom Training zurückgehaltenen Fotos, 128 x 128, 100 Schritte, eta 1: rho 2,2 bis 5; gamma 0,3 bis 10</translation>
    </message>
    <message>
        <source>search on two photos kept from the training, 128 x 128, 100 steps, eta 1: rho 5; gamma 0.5, 1</source>
        <translation>Suche auf zwei vom Training zurückgehaltenen Fotos, 128 x 128, 100 Schritte, eta 1: rho 5; gamma 0,5 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.15, 0.25, 0.4; gamma 3, 6</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,15 / 0,25 / 0,4; gamma 3 / 6</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.1, 0.15, 0.25; gamma 3, 6</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,1 / 0,15 / 0,25; gamma 3 / 6</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.5, 0.8, 1.3; gamma 1, 3, 6</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,5 / 0,8 / 1,3; gamma 1 / 3 / 6</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 1, 1.5, 2.2; gamma 0.1, 0.3, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 1 / 1,5 / 2,2; gamma 0,1 / 0,3 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 0, 1: rho 0.05 to 1.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 0 / 1: rho 0,05 bis 1,5</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.07 to 0.4</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,07 bis 0,4</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.05 to 0.3</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,05 bis 0,3</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 0.05 to 0.15</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 0,05 bis 0,15</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 0, 1: rho 0.1 to 0.4</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 0 / 1: rho 0,1 bis 0,4</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 0, 1: rho 0.1 to 1.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 0 / 1: rho 0,1 bis 1,5</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, until 1: every 1, 2, 3; lambda 0.0001, 0.001; eta 0, 1; renoise 0, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, until 1: every 1 / 2 / 3; lambda 0,0001 / 0,001; eta 0 / 1; renoise 0 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, until 1: every 1, 2, 3; eta 0, 1; renoise 0, 0.5, 1; cg_steps 5, 20, 50</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, until 1: every 1 / 2 / 3; eta 0 / 1; renoise 0 / 0,5 / 1; cg_steps 5 / 20 / 50</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 20 iterations: lr 0.005 to 0.1; every 1, 3; gamma 40, 400; rho 0, 0.5, 3; eta 0, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 20 Iterationen: lr 0,005 bis 0,1; every 1 / 3; gamma 40 / 400; rho 0 / 0,5 / 3; eta 0 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, lr and gamma as for super-resolution ×4: rho 0.5, 2</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, lr und gamma wie bei Superauflösung ×4: rho 0,5 / 2</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, lr and gamma as for Gaussian deblurring: rho 0, 0.3; eta 0, 1</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, lr und gamma wie bei Gaußsche Unschärfe: rho 0 / 0,3; eta 0 / 1</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 3e-5 to 2e-4; tau 0.01, 0.02</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 3e-5 bis 2e-4; tau 0,01 / 0,02</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 2e-4 to 8e-4; tau 0.01, 0.02</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 2e-4 bis 8e-4; tau 0,01 / 0,02</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 5e-6 to 2e-5; tau 0.01, 0.02</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 5e-6 bis 2e-5; tau 0,01 / 0,02</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 1e-5, 2e-5; tau 0.01, 0.02</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 1e-5 / 2e-5; tau 0,01 / 0,02</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 1e-5 to 6e-5; tau 0.01, 0.02</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 1e-5 bis 6e-5; tau 0,01 / 0,02</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128: delta 0.003 to 30, where 3 and more are within 0.04 dB; 8, 16, 30 steps</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128: delta 0,003 bis 30, wobei alles ab 3 innerhalb von 0,04 dB liegt; 8 / 16 / 30 Schritte</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128: delta 0.003 to 10; 8, 16, 30 steps</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128: delta 0,003 bis 10; 8 / 16 / 30 Schritte</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 1: rho 1, 1.5, 2.2; gamma 0.1, 0.3</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 1: rho 1 / 1,5 / 2,2; gamma 0,1 / 0,3</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 100 steps, eta 0, 1: rho 0.3 to 1.5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 100 Schritte, eta 0 / 1: rho 0,3 bis 1,5</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 20 iterations: lr 0.02, 0.05; gamma 40, 400; rho 0, 2</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 20 Iterationen: lr 0,02 / 0,05; gamma 40 / 400; rho 0 / 2</translation>
    </message>
    <message>
        <source>search on three training photos, 128 x 128, 10 Langevin steps: lr 5e-6 to 2e-5</source>
        <translation>Suche auf drei Trainingsfotos, 128 x 128, 10 Langevin-Schritte: lr 5e-6 bis 2e-5</translation>
    </message>
    <message>
        <source>lambda and start: search on four training photos, 128 x 128, noise 0.2, K = 0: lambda 1, 4, 16; start 0.15, 0.3, 1; lambda 0.001 returns the noise</source>
        <translation>lambda und start: Suche auf vier Trainingsfotos, 128 x 128, Rauschen 0,2, K = 0: lambda 1 / 4 / 16; start 0,15 / 0,3 / 1; lambda 0,001 bringt das Rauschen zurück</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldps-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-ldps-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-gml-dps-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-gml-dps-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-psld-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-psld-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldir-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-ldir-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-treg-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-treg-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-resample-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-resample-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latent-daps-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-latent-daps-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latino-gaussian-blur</source>
        <translation>die Werte von p2l-tiny-latino-gaussian-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-motion-blur</source>
        <translation>die Werte von p2l-tiny-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldps-motion-blur</source>
        <translation>die Werte von p2l-tiny-ldps-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-gml-dps-motion-blur</source>
        <translation>die Werte von p2l-tiny-gml-dps-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-psld-motion-blur</source>
        <translation>die Werte von p2l-tiny-psld-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldir-motion-blur</source>
        <translation>die Werte von p2l-tiny-ldir-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-treg-motion-blur</source>
        <translation>die Werte von p2l-tiny-treg-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-resample-motion-blur</source>
        <translation>die Werte von p2l-tiny-resample-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latent-daps-motion-blur</source>
        <translation>die Werte von p2l-tiny-latent-daps-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latino-motion-blur</source>
        <translation>die Werte von p2l-tiny-latino-motion-blur</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-sr</source>
        <translation>die Werte von p2l-tiny-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldps-sr</source>
        <translation>die Werte von p2l-tiny-ldps-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-gml-dps-sr</source>
        <translation>die Werte von p2l-tiny-gml-dps-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-psld-sr</source>
        <translation>die Werte von p2l-tiny-psld-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-ldir-sr</source>
        <translation>die Werte von p2l-tiny-ldir-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-treg-sr</source>
        <translation>die Werte von p2l-tiny-treg-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-resample-sr</source>
        <translation>die Werte von p2l-tiny-resample-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latent-daps-sr</source>
        <translation>die Werte von p2l-tiny-latent-daps-sr</translation>
    </message>
    <message>
        <source>the values of p2l-tiny-latino-sr</source>
        <translation>die Werte von p2l-tiny-latino-sr</translation>
    </message>
    <message>
        <source>Paper, FFHQ: motion deblurring</source>
        <translation>Artikel, FFHQ: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Paper, FFHQ: Gaussian deblurring</source>
        <translation>Artikel, FFHQ: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Paper, FFHQ: super-resolution ×8</source>
        <translation>Artikel, FFHQ: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Paper, FFHQ: inpainting</source>
        <translation>Artikel, FFHQ: Ausfüllen</translation>
    </message>
    <message>
        <source>Paper, ImageNet: motion deblurring</source>
        <translation>Artikel, ImageNet: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Paper, ImageNet: Gaussian deblurring</source>
        <translation>Artikel, ImageNet: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Paper, ImageNet: super-resolution ×8</source>
        <translation>Artikel, ImageNet: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Paper, ImageNet: inpainting</source>
        <translation>Artikel, ImageNet: Ausfüllen</translation>
    </message>
    <message>
        <source>Paper: random pixels</source>
        <translation>Artikel: zufällige Pixel</translation>
    </message>
    <message>
        <source>Paper: LDPS with the prompt tuned, super-resolution ×8</source>
        <translation>Artikel: LDPS mit angepasstem Prompt, Superauflösung ×8</translation>
    </message>
    <message>
        <source>Paper: LDPS with the prompt tuned, random pixels</source>
        <translation>Artikel: LDPS mit angepasstem Prompt, zufällige Pixel</translation>
    </message>
    <message>
        <source>Paper: motion deblurring</source>
        <translation>Artikel: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Paper: Gaussian deblurring</source>
        <translation>Artikel: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Paper: super-resolution ×8</source>
        <translation>Artikel: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Paper: inpainting</source>
        <translation>Artikel: Ausfüllen</translation>
    </message>
    <message>
        <source>paper Table 6 (FFHQ)</source>
        <translation>Artikel, Tabelle 6 (FFHQ)</translation>
    </message>
    <message>
        <source>paper Table 6 (ImageNet)</source>
        <translation>Artikel, Tabelle 6 (ImageNet)</translation>
    </message>
    <message>
        <source>paper App. B (K, lr, ρ) and Table 6 (inpainting: γ, λ); for 80 % drop no values of P2L are printed</source>
        <translation>Artikel, Anh. B (K, lr, ρ) und Tabelle 6 (Ausfüllen: γ, λ); für 80 % fehlende Pixel sind keine Werte von P2L gedruckt</translation>
    </message>
    <message>
        <source>paper App. B (Table 1)</source>
        <translation>Artikel, Anh. B (Tabelle 1)</translation>
    </message>
    <message>
        <source>paper App. D.3 (LDPS)</source>
        <translation>Artikel, Anh. D.3 (LDPS)</translation>
    </message>
    <message>
        <source>paper App. B, App. D.3 (LDPS)</source>
        <translation>Artikel, Anh. B, Anh. D.3 (LDPS)</translation>
    </message>
    <message>
        <source>paper App. D.3 (GML-DPS)</source>
        <translation>Artikel, Anh. D.3 (GML-DPS)</translation>
    </message>
    <message>
        <source>paper App. D.3 (PSLD)</source>
        <translation>Artikel, Anh. D.3 (PSLD)</translation>
    </message>
    <message>
        <source>paper App. D.3 (LDIR)</source>
        <translation>Artikel, Anh. D.3 (LDIR)</translation>
    </message>
    <message>
        <source>paper App. D.3 (TReg)</source>
        <translation>Artikel, Anh. D.3 (TReg)</translation>
    </message>
    <message>
        <source>paper App. D.3 (DPS)</source>
        <translation>Artikel, Anh. D.3 (DPS)</translation>
    </message>
    <message>
        <source>paper App. D.3 (ΠGDM)</source>
        <translation>Artikel, Anh. D.3 (ΠGDM)</translation>
    </message>
    <message>
        <source>paper App. D.3 (DDS)</source>
        <translation>Artikel, Anh. D.3 (DDS)</translation>
    </message>
    <message>
        <source>paper App. D.3 (DiffPIR)</source>
        <translation>Artikel, Anh. D.3 (DiffPIR)</translation>
    </message>
    <message>
        <source>Published values</source>
        <translation>Veröffentlichte Werte</translation>
    </message>
    <message>
        <source>Published values: super-resolution ×8</source>
        <translation>Veröffentlichte Werte: Superauflösung ×8</translation>
    </message>
    <message>
        <source>Published values: Gaussian deblurring</source>
        <translation>Veröffentlichte Werte: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Published values: motion deblurring</source>
        <translation>Veröffentlichte Werte: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Published values: inpainting</source>
        <translation>Veröffentlichte Werte: Ausfüllen</translation>
    </message>
    <message>
        <source>Published values: super-resolution</source>
        <translation>Veröffentlichte Werte: Superauflösung</translation>
    </message>
    <message>
        <source>Published values: bicubic super-resolution</source>
        <translation>Veröffentlichte Werte: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Published values: box inpainting</source>
        <translation>Veröffentlichte Werte: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Published values: random pixels</source>
        <translation>Veröffentlichte Werte: zufällige Pixel</translation>
    </message>
    <message>
        <source>Published values: defocus deblurring</source>
        <translation>Veröffentlichte Werte: Fehlfokus</translation>
    </message>
    <message>
        <source>paper Sec. 3.4 (K 1 to 5, lr 1e-4, step 1, γ 3 to 5, λ 0.1 to 1) with its 1000 steps</source>
        <translation>Artikel, Abschn. 3.4 (K 1 bis 5, lr 1e-4, Schrittweite 1, γ 3 bis 5, λ 0,1 bis 1) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper Table 6 (ImageNet) with its 1000 steps</source>
        <translation>Artikel, Tabelle 6 (ImageNet) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (LDPS) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (LDPS) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (GML-DPS) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (GML-DPS) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (PSLD) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (PSLD) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (PSLD) with its 1000 steps; glued by enlargement as in Rout et al. 2023, published code</source>
        <translation>Artikel, Anh. D.3 (PSLD) mit 1000 Schritten; geklebt durch Vergrößern wie in Rout et al. 2023, veröffentlichter Code</translation>
    </message>
    <message>
        <source>paper App. D.3 (LDIR) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (LDIR) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (LDIR, ImageNet) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (LDIR, ImageNet) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (TReg) with its 200 steps</source>
        <translation>Artikel, Anh. D.3 (TReg) mit 200 Schritten</translation>
    </message>
    <message>
        <source>Song et al. 2024, published code, with its 500 steps</source>
        <translation>Song et al. 2024, veröffentlichter Code, mit 500 Schritten</translation>
    </message>
    <message>
        <source>Zhang et al. 2025, published code for Stable Diffusion (motion blur), with its 50 steps</source>
        <translation>Zhang et al. 2025, veröffentlichter Code für Stable Diffusion (Bewegungsunschärfe), mit 50 Schritten</translation>
    </message>
    <message>
        <source>Zhang et al. 2025, published code for Stable Diffusion (down-sampling ×4), with its 50 steps</source>
        <translation>Zhang et al. 2025, veröffentlichter Code für Stable Diffusion (Verkleinern ×4), mit 50 Schritten</translation>
    </message>
    <message>
        <source>Zhang et al. 2025, published code for Stable Diffusion (Gaussian blur), with its 50 steps</source>
        <translation>Zhang et al. 2025, veröffentlichter Code für Stable Diffusion (Gaußsche Unschärfe), mit 50 Schritten</translation>
    </message>
    <message>
        <source>Zhang et al. 2025, published code for Stable Diffusion (box inpainting), with its 50 steps</source>
        <translation>Zhang et al. 2025, veröffentlichter Code für Stable Diffusion (fehlendes Rechteck), mit 50 Schritten</translation>
    </message>
    <message>
        <source>Zhang et al. 2025, published code for Stable Diffusion (random inpainting), with its 50 steps</source>
        <translation>Zhang et al. 2025, veröffentlichter Code für Stable Diffusion (zufällige Pixel), mit 50 Schritten</translation>
    </message>
    <message>
        <source>Spagnoletti et al. 2025 (δ 0.01 to 1); without their distilled network more steps than their 8, on which no step size depends</source>
        <translation>Spagnoletti et al. 2025 (δ 0,01 bis 1); ohne ihr destilliertes Netz mehr Schritte als ihre 8, von denen keine Schrittweite abhängt</translation>
    </message>
    <message>
        <source>paper App. D.3 (DPS) with its 1000 steps</source>
        <translation>Artikel, Anh. D.3 (DPS) mit 1000 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (ΠGDM) with its 100 steps</source>
        <translation>Artikel, Anh. D.3 (ΠGDM) mit 100 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (DDS) with its 100 steps</source>
        <translation>Artikel, Anh. D.3 (DDS) mit 100 Schritten</translation>
    </message>
    <message>
        <source>paper App. D.3 (DiffPIR) with its 100 steps; as for deblurring</source>
        <translation>Artikel, Anh. D.3 (DiffPIR) mit 100 Schritten; wie beim Schärfen</translation>
    </message>
    <message>
        <source>paper App. D.3 (DiffPIR) with its 100 steps</source>
        <translation>Artikel, Anh. D.3 (DiffPIR) mit 100 Schritten</translation>
    </message>
    <message>
        <source>Fast: super-resolution</source>
        <translation>Schnell: Superauflösung</translation>
    </message>
    <message>
        <source>Good: super-resolution</source>
        <translation>Gut: Superauflösung</translation>
    </message>
    <message>
        <source>Best: super-resolution</source>
        <translation>Beste: Superauflösung</translation>
    </message>
    <message>
        <source>Fast: super-resolution, any factor</source>
        <translation>Schnell: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Good: super-resolution, any factor</source>
        <translation>Gut: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Best: super-resolution, any factor</source>
        <translation>Beste: Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>Fast: bicubic super-resolution</source>
        <translation>Schnell: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Good: bicubic super-resolution</source>
        <translation>Gut: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Best: bicubic super-resolution</source>
        <translation>Beste: bikubische Superauflösung</translation>
    </message>
    <message>
        <source>Fast: Gaussian deblurring</source>
        <translation>Schnell: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Good: Gaussian deblurring</source>
        <translation>Gut: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Best: Gaussian deblurring</source>
        <translation>Beste: Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>Fast: defocus deblurring</source>
        <translation>Schnell: Fehlfokus</translation>
    </message>
    <message>
        <source>Good: defocus deblurring</source>
        <translation>Gut: Fehlfokus</translation>
    </message>
    <message>
        <source>Best: defocus deblurring</source>
        <translation>Beste: Fehlfokus</translation>
    </message>
    <message>
        <source>Fast: motion deblurring</source>
        <translation>Schnell: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Good: motion deblurring</source>
        <translation>Gut: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Best: motion deblurring</source>
        <translation>Beste: Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Fast: straight motion deblurring</source>
        <translation>Schnell: gerade Bewegung</translation>
    </message>
    <message>
        <source>Good: straight motion deblurring</source>
        <translation>Gut: gerade Bewegung</translation>
    </message>
    <message>
        <source>Best: straight motion deblurring</source>
        <translation>Beste: gerade Bewegung</translation>
    </message>
    <message>
        <source>Fast: inpainting</source>
        <translation>Schnell: Ausfüllen</translation>
    </message>
    <message>
        <source>Good: inpainting</source>
        <translation>Gut: Ausfüllen</translation>
    </message>
    <message>
        <source>Best: inpainting</source>
        <translation>Beste: Ausfüllen</translation>
    </message>
    <message>
        <source>Fast: a missing box</source>
        <translation>Schnell: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>the values of inpainting, but from noise and not from the filled hole; not searched for this task</source>
        <translation>die Werte von Ausfüllen, aber von reinem Rauschen aus und nicht vom gefüllten Loch; nicht für diese Aufgabe gesucht</translation>
    </message>
    <message>
        <source>Good: a missing box</source>
        <translation>Gut: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Best: a missing box</source>
        <translation>Beste: fehlendes Rechteck</translation>
    </message>
    <message>
        <source>Fast: random pixels</source>
        <translation>Schnell: zufällige Pixel</translation>
    </message>
    <message>
        <source>Good: random pixels</source>
        <translation>Gut: zufällige Pixel</translation>
    </message>
    <message>
        <source>Best: random pixels</source>
        <translation>Beste: zufällige Pixel</translation>
    </message>
    <message>
        <source>Fast: JPEG artefacts</source>
        <translation>Schnell: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Good: JPEG artefacts</source>
        <translation>Gut: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Best: JPEG artefacts</source>
        <translation>Beste: JPEG-Artefakte</translation>
    </message>
    <message>
        <source>Fast: denoising</source>
        <translation>Schnell: Entrauschen</translation>
    </message>
    <message>
        <source>Good: denoising</source>
        <translation>Gut: Entrauschen</translation>
    </message>
    <message>
        <source>Best: denoising</source>
        <translation>Beste: Entrauschen</translation>
    </message>
    <message>
        <source>search on ten photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: lambda 0.001 to 0.01; start 0.15 to 0.4; end_on_data 0.03 to 0.2; the projection alone</source>
        <translation>Suche auf zehn vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: lambda 0,001 bis 0,01; start 0,15 bis 0,4; end_on_data 0,03 bis 0,2; nur die Projektion</translation>
    </message>
    <message>
        <source>search on eight training photos, 128 x 128, PSNR and LPIPS of both trunks: rho 0.1 to 0.8; start 0.2 to 1; 20 and 30 steps; the default preset without a tuned prompt else</source>
        <translation>Suche auf acht Trainingsfotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: rho 0,1 bis 0,8; start 0,2 bis 1; 20 und 30 Schritte; sonst die Standardwerte ohne angepassten Prompt</translation>
    </message>
    <message>
        <source>search on five photos kept from the training, 128 x 128, PSNR and LPIPS of both trunks: 8 to 30 steps; start 0.3, 0.5, 1; end_on_data 0, 0.05; lr 3e-5, 6e-5</source>
        <translation>Suche auf fünf vom Training zurückgehaltenen Fotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: 8 bis 30 Schritte; start 0,3 / 0,5 / 1; end_on_data 0 / 0,05; lr 3e-5 / 6e-5</translation>
    </message>
    <message>
        <source>as Good with the gradient and a tuned prompt</source>
        <translation>wie Gut, mit Gradient und angepasstem Prompt</translation>
    </message>
    <message>
        <source>as Good with the gradient, a tuned prompt and more steps</source>
        <translation>wie Gut, mit Gradient, angepasstem Prompt und mehr Schritten</translation>
    </message>
    <message>
        <source>the values of super-resolution; not searched for this task; the projection alone</source>
        <translation>die Werte von Superauflösung; nicht für diese Aufgabe gesucht; nur die Projektion</translation>
    </message>
    <message>
        <source>search on seven training photos, 128 x 128, PSNR and LPIPS of both trunks: lambda 0.001 to 0.03; start 0.25, 0.4, 1; end_on_data 0, 0.03 to 0.1; the projection alone</source>
        <translation>Suche auf sieben Trainingsfotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: lambda 0,001 bis 0,03; start 0,25 / 0,4 / 1; end_on_data 0 / 0,03 bis 0,1; nur die Projektion</translation>
    </message>
    <message>
        <source>as Fast, more steps</source>
        <translation>wie Schnell, mehr Schritte</translation>
    </message>
    <message>
        <source>the values of Gaussian deblurring; not searched for this task; the projection alone</source>
        <translation>die Werte von Gaußsche Unschärfe; nicht für diese Aufgabe gesucht; nur die Projektion</translation>
    </message>
    <message>
        <source>search on seven training photos, 128 x 128, PSNR and LPIPS of both trunks: lambda 0.003 to 0.1; start 0.25, 0.4, 1; end_on_data 0, 0.03 to 0.1; the projection alone</source>
        <translation>Suche auf sieben Trainingsfotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: lambda 0,003 bis 0,1; start 0,25 / 0,4 / 1; end_on_data 0 / 0,03 bis 0,1; nur die Projektion</translation>
    </message>
    <message>
        <source>the values of motion deblurring; not searched for this task; the projection alone</source>
        <translation>die Werte von Bewegungsunschärfe; nicht für diese Aufgabe gesucht; nur die Projektion</translation>
    </message>
    <message>
        <source>search on seven training photos, 128 x 128, PSNR and LPIPS of both trunks: lambda 0.1, 1; end_on_data 0, 0.03 to 0.1; on five: start 0.15 to 1; the projection alone</source>
        <translation>Suche auf sieben Trainingsfotos, 128 x 128, PSNR und LPIPS mit beiden Netzen: lambda 0,1 / 1; end_on_data 0 / 0,03 bis 0,1; auf fünf: start 0,15 bis 1; nur die Projektion</translation>
    </message>
    <message>
        <source>the default preset without a tuned prompt, and end_on_data</source>
        <translation>die Vorgabe ohne angepassten Prompt, und end_on_data</translation>
    </message>
    <message>
        <source>the default preset and end_on_data</source>
        <translation>die Vorgabe und end_on_data</translation>
    </message>
    <message>
        <source>as Good with a tuned prompt</source>
        <translation>wie Gut, mit angepasstem Prompt</translation>
    </message>
    <message>
        <source>the default preset of LatentDAPS with 6 steps</source>
        <translation>die Vorgabe von LatentDAPS mit 6 Schritten</translation>
    </message>
    <message>
        <source>the default preset of LatentDAPS with 12 steps</source>
        <translation>die Vorgabe von LatentDAPS mit 12 Schritten</translation>
    </message>
    <message>
        <source>the default preset of LatentDAPS</source>
        <translation>die Vorgabe von LatentDAPS</translation>
    </message>
    <message>
        <source>search on four training photos, 128 x 128, noise 0.2: lambda 1, 4, 16; start 0.15, 0.3, 1; end_on_data 0, 0.05, 0.1; the projection alone</source>
        <translation>Suche auf vier Trainingsfotos, 128 x 128, Rauschen 0,2: lambda 1 / 4 / 16; start 0,15 / 0,3 / 1; end_on_data 0 / 0,05 / 0,1; nur die Projektion</translation>
    </message>
    <message>
        <source>What A destroys</source>
        <translation>Was A zerstört</translation>
    </message>
    <message>
        <source>Drag a and b under the pictures.</source>
        <translation>An a und b unter den Bildern ziehen.</translation>
    </message>
    <message>
        <source>A measurement y = A x keeps only a part of the picture x. What A destroys is its null space: changes n with A n = 0.</source>
        <translation>Eine Messung y = A x behält nur einen Teil des Bildes x. Was A zerstört, ist sein Nullraum: Änderungen n mit A n = 0.</translation>
    </message>
    <message>
        <source>The slider a adds such a change, taken from another photo; b adds what is left of that photo, which A sees.</source>
        <translation>Der Regler a fügt eine solche Änderung hinzu, aus einem anderen Foto; b fügt den Rest jenes Fotos hinzu, den A sieht.</translation>
    </message>
    <message>
        <source>At first x′ is the sharp photo of the astronaut, and y′ is what an eighth of the width and height keeps: blocks, a face without eyes. With a at its right end a cat&apos;s eyes, fur and whiskers come into x′, and the astronaut&apos;s own fine lines are gone; watch the blocks of y′ meanwhile. With b at its right end the blocks of y′ are the cat&apos;s.</source>
        <translation>Am Anfang ist x′ das scharfe Foto der Astronautin, und y′ ist, was ein Achtel der Breite und Höhe behält: Blöcke, ein Gesicht ohne Augen. Mit a am rechten Ende kommen Augen, Fell und Schnurrhaare einer Katze in x′, und die eigenen feinen Linien der Astronautin sind fort; dabei auf die Blöcke von y′ achten. Mit b am rechten Ende sind die Blöcke von y′ die der Katze.</translation>
    </message>
    <message>
        <source>You drag a to its end. How far does the measurement move?</source>
        <translation>a wird bis ans Ende gezogen. Wie weit bewegt sich die Messung?</translation>
    </message>
    <message>
        <source>With a at its end x has moved by {null.moved:1} and y by {null.changed_y:4}. The same for b: {seen.moved:1} and {seen.changed_y:2}.</source>
        <translation>Mit a am Ende hat sich x um {null.moved:1} bewegt und y um {null.changed_y:4}. Dasselbe für b: {seen.moved:1} und {seen.changed_y:2}.</translation>
    </message>
    <message>
        <source>as far as the picture</source>
        <translation>so weit wie das Bild</translation>
    </message>
    <message>
        <source>a little</source>
        <translation>ein wenig</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>gar nicht</translation>
    </message>
    <message>
        <source>Can a method that only asks for A x = y find the photo?</source>
        <translation>Kann ein Verfahren, das nur A x = y verlangt, das Foto finden?</translation>
    </message>
    <message>
        <source>x has {numbers.x:0} numbers and y {numbers.y:0}. Everything along a fits y equally well; what chooses among them is the prior, the diffusion model.</source>
        <translation>x hat {numbers.x:0} Zahlen und y {numbers.y:0}. Alles entlang a passt gleich gut zu y; was darunter auswählt, ist das Vorwissen, das Diffusionsmodell.</translation>
    </message>
    <message>
        <source>yes, with enough iterations</source>
        <translation>ja, mit genug Iterationen</translation>
    </message>
    <message>
        <source>no, whole families of pictures fit</source>
        <translation>nein, ganze Familien von Bildern passen</translation>
    </message>
    <message>
        <source>Prior times likelihood</source>
        <translation>Vorwissen mal Likelihood</translation>
    </message>
    <message>
        <source>Here a picture has two numbers, and the prior (blue) is known: three hills. One number is measured, x₁ (the dashed line).</source>
        <translation>Hier hat ein Bild zwei Zahlen, und das Vorwissen (blau) ist bekannt: drei Hügel. Eine Zahl ist gemessen, x₁ (die gestrichelte Linie).</translation>
    </message>
    <message>
        <source>Two hills fit the measurement, the third does not. Where do the particles end?</source>
        <translation>Zwei Hügel passen zur Messung, der dritte nicht. Wo enden die Partikel?</translation>
    </message>
    <message>
        <source>Shares of the hills: {changed.hill1:0}, {changed.hill2:0} and {changed.hill3:0} %; exact are {changed.exact1:0}, {changed.exact2:0} and {changed.exact3:0} %. Several answers fit y, and a solver that draws from the posterior gives each its share.</source>
        <translation>Anteile der Hügel: {changed.hill1:0}, {changed.hill2:0} und {changed.hill3:0} %; exakt sind {changed.exact1:0}, {changed.exact2:0} und {changed.exact3:0} %. Mehrere Antworten passen zu y, und ein Löser, der aus der A-posteriori-Verteilung zieht, gibt jeder ihren Anteil.</translation>
    </message>
    <message>
        <source>all on one hill</source>
        <translation>alle auf einem Hügel</translation>
    </message>
    <message>
        <source>on both hills that fit</source>
        <translation>auf beiden passenden Hügeln</translation>
    </message>
    <message>
        <source>on all three</source>
        <translation>auf allen dreien</translation>
    </message>
    <message>
        <source>Now the measurement is very noisy: σ = 1. What becomes of the third hill?</source>
        <translation>Nun ist die Messung sehr verrauscht: σ = 1. Was wird aus dem dritten Hügel?</translation>
    </message>
    <message>
        <source>With little noise it had {base.hill3:0} % of the particles, now it has {changed.hill3:0} %; exact are {changed.exact3:0} %. The less y says, the more the prior does.</source>
        <translation>Bei wenig Rauschen hatte er {base.hill3:0} % der Partikel, jetzt {changed.hill3:0} %; exakt sind {changed.exact3:0} %. Je weniger y sagt, desto mehr sagt das Vorwissen.</translation>
    </message>
    <message>
        <source>it stays empty</source>
        <translation>er bleibt leer</translation>
    </message>
    <message>
        <source>particles come back to it</source>
        <translation>Partikel kommen zu ihm zurück</translation>
    </message>
    <message>
        <source>σ stays 1, and the solver takes the prior for wider than it is: s = 1. Does the third hill get its share?</source>
        <translation>σ bleibt 1, und der Löser hält das Vorwissen für breiter, als es ist: s = 1. Bekommt der dritte Hügel seinen Anteil?</translation>
    </message>
    <message>
        <source>yes, as before</source>
        <translation>ja, wie zuvor</translation>
    </message>
    <message>
        <source>no, less than its share</source>
        <translation>nein, weniger als seinen Anteil</translation>
    </message>
    <message>
        <source>Why latents need the projection</source>
        <translation>Wozu die Projektion dient</translation>
    </message>
    <message>
        <source>Here you can change γ (project every how many steps), the kind of projection, and the step size ρ.</source>
        <translation>Hier lassen sich γ (alle wie viele Schritte projiziert wird), die Art der Projektion und die Schrittweite ρ ändern.</translation>
    </message>
    <message>
        <source>The solver works on latents z, but the measurement speaks of pictures. The projection (line 6) decodes the estimate, moves the picture onto the data, and encodes it again (line 7).</source>
        <translation>Der Löser arbeitet mit Latenten z, aber die Messung spricht von Bildern. Die Projektion (Zeile 6) dekodiert die Schätzung, bringt das Bild auf die Daten und kodiert es neu (Zeile 7).</translation>
    </message>
    <message>
        <source>Switch the projection off. Will the residual at the end be</source>
        <translation>Die Projektion ausschalten. Wird das Residuum am Ende</translation>
    </message>
    <message>
        <source>With the projection the residual ends at {base.residual:1}, without it at {changed.residual:1}; the noise alone would leave {base.noise_level:1}. The small steps against the gradient (line 12) do not catch up with what the sampler adds.</source>
        <translation>Mit der Projektion endet das Residuum bei {base.residual:1}, ohne sie bei {changed.residual:1}; das Rauschen allein ließe {base.noise_level:1}. Die kleinen Schritte gegen den Gradienten (Zeile 12) holen nicht auf, was der Sampler hinzufügt.</translation>
    </message>
    <message>
        <source>about the same</source>
        <translation>etwa gleich sein</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>größer sein</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>kleiner sein</translation>
    </message>
    <message>
        <source>Still without the projection, the steps against the gradient become 50 times as long: ρ = 15. Do they do its work?</source>
        <translation>Weiter ohne die Projektion werden die Schritte gegen den Gradienten 50-mal so lang: ρ = 15. Leisten sie deren Arbeit?</translation>
    </message>
    <message>
        <source>Long steps help, to {changed.residual:1}, but the projection reaches {base.residual:1}: it solves for the data in one go, and a gradient has to come through the decoder and the network first.</source>
        <translation>Lange Schritte helfen, bis {changed.residual:1}, aber die Projektion erreicht {base.residual:1}: sie löst die Daten in einem Zug, und ein Gradient muss erst durch Decoder und Netz.</translation>
    </message>
    <message>
        <source>yes, the residual is as small</source>
        <translation>ja, das Residuum ist ebenso klein</translation>
    </message>
    <message>
        <source>no, it stays larger</source>
        <translation>nein, es bleibt größer</translation>
    </message>
    <message>
        <source>Now the estimate is encoded again without being moved onto the data (range). Will the residual at the end be</source>
        <translation>Nun wird die Schätzung neu kodiert, ohne sie auf die Daten zu bringen (range). Wird das Residuum am Ende</translation>
    </message>
    <message>
        <source>It ends at {changed.residual:1}, with the projection at {base.residual:1}. Encoding again keeps the latent one that the encoder makes, but it is the projection that brings the data in.</source>
        <translation>Es endet bei {changed.residual:1}, mit der Projektion bei {base.residual:1}. Neu kodieren hält das Latent bei dem, was der Encoder macht, aber erst die Projektion bringt die Daten hinein.</translation>
    </message>
    <message>
        <source>as small as with the projection</source>
        <translation>so klein wie mit der Projektion sein</translation>
    </message>
    <message>
        <source>larger than with it</source>
        <translation>größer als mit ihr sein</translation>
    </message>
    <message>
        <source>What tuning the prompt does</source>
        <translation>Was der Prompt bewirkt</translation>
    </message>
    <message>
        <source>K and its learning rate can be changed here.</source>
        <translation>Hier lassen sich K und seine Lernrate ändern.</translation>
    </message>
    <message>
        <source>With K = 1, does the prompt stay near the empty text?</source>
        <translation>Bleibt der Prompt mit K = 1 nahe am leeren Text?</translation>
    </message>
    <message>
        <source>With K = 0 it has moved by {base.prompt_drift:2}, with K = 1 by {changed.prompt_drift:2}. It is no text any more that somebody could write: it is what explains this measurement.</source>
        <translation>Mit K = 0 hat er sich um {base.prompt_drift:2} bewegt, mit K = 1 um {changed.prompt_drift:2}. Er ist kein Text mehr, den jemand schreiben könnte: er ist, was diese Messung erklärt.</translation>
    </message>
    <message>
        <source>it does not move</source>
        <translation>er bewegt sich nicht</translation>
    </message>
    <message>
        <source>it moves away</source>
        <translation>er entfernt sich</translation>
    </message>
    <message>
        <source>K = 3 costs three more passes through the network and back in every step. What does it bring with this small model?</source>
        <translation>K = 3 kostet in jedem Schritt drei weitere Durchgänge durch das Netz und zurück. Was bringt es mit diesem kleinen Modell?</translation>
    </message>
    <message>
        <source>several decibels</source>
        <translation>mehrere Dezibel</translation>
    </message>
    <message>
        <source>next to nothing</source>
        <translation>fast nichts</translation>
    </message>
    <message>
        <source>Invented or measured</source>
        <translation>Erfunden oder gemessen</translation>
    </message>
    <message>
        <source>Six runs of one measurement answer; how strongly it is held to can be changed afterwards.</source>
        <translation>Sechs Läufe einer Messung antworten; wie streng sie sich daran halten, lässt sich danach ändern.</translation>
    </message>
    <message>
        <source>A restored picture looks certain everywhere. It is not: where y says nothing, the model makes something up, and another seed makes up something else.</source>
        <translation>Ein restauriertes Bild sieht überall sicher aus. Das ist es nicht: wo y nichts sagt, erfindet das Modell etwas, und ein anderer Startwert erfindet etwas anderes.</translation>
    </message>
    <message>
        <source>Where six runs differ the most, is their mean more wrong than where they agree?</source>
        <translation>Irrt das Mittel von sechs Läufen mehr, wo sie sich am meisten unterscheiden, als wo sie übereinstimmen?</translation>
    </message>
    <message>
        <source>In the tenth of the pixels where the runs agree best the mean is wrong by {sure.error:1} grey levels, in the tenth where they differ most by {unsure.error:1}. The spread shows where not to trust the picture.</source>
        <translation>Im Zehntel der Pixel, in dem die Läufe am besten übereinstimmen, irrt das Mittel um {sure.error:1} Graustufen, im Zehntel der größten Unterschiede um {unsure.error:1}. Die Streuung zeigt, wo dem Bild nicht zu trauen ist.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>the spread says nothing about the error</source>
        <translation>die Streuung verrät es nicht</translation>
    </message>
    <message>
        <source>Which is nearer to the truth on average, one run or the mean of six?</source>
        <translation>Was ist im Mittel näher am Original, ein Lauf oder das Mittel von sechs?</translation>
    </message>
    <message>
        <source>A single run has {single.psnr:2} dB on average, the mean of all {mean.psnr:2} dB. The mean is smoother, because what the runs invent cancels; it is nearer to the truth, and less like a photo.</source>
        <translation>Ein einzelner Lauf hat im Durchschnitt {single.psnr:2} dB, das Mittel aller {mean.psnr:2} dB. Das Mittel ist glatter, weil sich aufhebt, was die Läufe erfinden; es ist näher am Original und weniger wie ein Foto.</translation>
    </message>
    <message>
        <source>one run: it is sharper</source>
        <translation>ein Lauf: er ist schärfer</translation>
    </message>
    <message>
        <source>the mean</source>
        <translation>das Mittel</translation>
    </message>
    <message>
        <source>Super-resolution</source>
        <translation>Superauflösung</translation>
    </message>
    <message>
        <source>The picture is too small: y is x averaged over windows of s x s pixels, (A x)_j = mean of x over window j.</source>
        <translation>Das Bild ist zu klein: y ist x, gemittelt über Fenster von s x s Pixeln, (A x)_j = Mittel von x über Fenster j.</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Side s of the windows: y has ceil(H/s) x ceil(W/s) pixels. Larger keeps less of the picture and leaves more to the model; the paper uses 8.</source>
        <translation>Seite s der Fenster: y hat ceil(H/s) x ceil(W/s) Pixel. Größer behält weniger vom Bild und überlässt dem Modell mehr; der Artikel nimmt 8.</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>Gaußsche Unschärfe</translation>
    </message>
    <message>
        <source>The picture is out of focus: every pixel is a mean of its neighbourhood with the weights w_k ~ exp(-|k|^2 / (2 sigma^2)), cut at 4 sigma; the picture is reflected at its border.</source>
        <translation>Das Bild ist unscharf: jedes Pixel ist ein Mittel seiner Umgebung mit den Gewichten w_k ~ exp(-|k|^2 / (2 sigma^2)), bei 4 sigma abgeschnitten; am Rand wird das Bild gespiegelt.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Standard deviation sigma of the Gaussian. Larger blurs more: details finer than about 2 sigma are lost. The paper uses 3. The kernel should have more than 8 sigma pixels.</source>
        <translation>Standardabweichung sigma der Gauß-Verteilung. Größer macht unschärfer: Details feiner als etwa 2 sigma gehen verloren. Der Artikel nimmt 3. Der Faltungskern sollte mehr als 8 sigma Pixel haben.</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>Kerngröße</translation>
    </message>
    <message>
        <source>Side of the kernel, odd; the paper uses 61. Larger lets the blur reach farther.</source>
        <translation>Seite des Faltungskerns, ungerade; der Artikel nimmt 61. Größer lässt die Unschärfe weiter reichen.</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>The camera moved: every pixel is a mean along a random path of the camera, A x = w * x with the path&apos;s drawing w, sum w = 1; the picture is reflected at its border. One seed, one path. A kernel from a file replaces it: the point-spread function, what a single white point looks like in the photo.</source>
        <translation>Die Kamera hat sich bewegt: jedes Pixel ist ein Mittel entlang eines zufälligen Weges der Kamera, A x = w * x mit der Zeichnung w des Weges, Summe w = 1; am Rand wird das Bild gespiegelt. Ein Startwert, ein Weg. Ein Faltungskern aus einer Datei ersetzt ihn: die Punktspreizfunktion, also wie ein einzelner weißer Punkt im Foto aussieht.</translation>
    </message>
    <message>
        <source>the camera&apos;s path</source>
        <translation>den Weg der Kamera</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Length L = 0.75 D (U(0,1) + U(0,I^2)) of the path on a canvas of diagonal D, angles up to I pi: 0 is a straight line, larger is longer and more bent. The paper uses 0.5.</source>
        <translation>Länge L = 0,75 D (U(0; 1) + U(0; I^2)) des Weges auf einer Fläche der Diagonale D, Winkel bis I pi: 0 ist eine gerade Linie, größer ist länger und krummer. Der Artikel nimmt 0,5.</translation>
    </message>
    <message>
        <source>Inpainting</source>
        <translation>Ausfüllen</translation>
    </message>
    <message>
        <source>Parts of the picture are missing: A x = M x with M = 0 under the mask and 1 elsewhere. The mask is painted, read from a file (white is missing) or drawn at random: a few thick zigzag strokes.</source>
        <translation>Teile des Bildes fehlen: A x = M x mit M = 0 unter der Maske und sonst 1. Die Maske ist gemalt, aus einer Datei gelesen (Weiß fehlt) oder zufällig gezogen: einige dicke Zickzackstriche.</translation>
    </message>
    <message>
        <source>the mask</source>
        <translation>die Maske</translation>
    </message>
    <message>
        <source>Least area</source>
        <translation>Kleinste Fläche</translation>
    </message>
    <message>
        <source>A random mask hides more than this share of the picture. No effect on a mask of your own.</source>
        <translation>Eine zufällige Maske verdeckt mehr als diesen Anteil des Bildes. Ohne Wirkung auf eine eigene Maske.</translation>
    </message>
    <message>
        <source>Largest area</source>
        <translation>Größte Fläche</translation>
    </message>
    <message>
        <source>A random mask hides less than this share of the picture; the paper uses 10 to 20 %. Larger leaves more to the model.</source>
        <translation>Eine zufällige Maske verdeckt weniger als diesen Anteil des Bildes; der Artikel nimmt 10 bis 20 %. Größer überlässt dem Modell mehr.</translation>
    </message>
    <message>
        <source>Random pixels missing</source>
        <translation>Zufällige Pixel fehlen</translation>
    </message>
    <message>
        <source>Single pixels are missing all over the picture: A x = M x with M = 0 for round(p H W) random pixels. A mask from a file replaces the random one.</source>
        <translation>Überall im Bild fehlen einzelne Pixel: A x = M x mit M = 0 für round(p H W) zufällige Pixel. Eine Maske aus einer Datei ersetzt die zufällige.</translation>
    </message>
    <message>
        <source>which pixels are missing</source>
        <translation>welche Pixel fehlen</translation>
    </message>
    <message>
        <source>Missing share</source>
        <translation>Fehlender Anteil</translation>
    </message>
    <message>
        <source>Share p of the pixels that are missing, all channels together. Larger leaves more to the model.</source>
        <translation>Anteil p der fehlenden Pixel, alle Kanäle zusammen. Größer überlässt dem Modell mehr.</translation>
    </message>
    <message>
        <source>Super-resolution, bicubic</source>
        <translation>Superauflösung, bikubisch</translation>
    </message>
    <message>
        <source>The picture is too small: it was reduced by bicubic interpolation with antialiasing, A x = R_h x R_w^T, where a row of R holds the cubic kernel (a = -1/2), s times as wide, over a pixel of y.</source>
        <translation>Das Bild ist zu klein: es wurde durch bikubische Interpolation mit Kantenglättung verkleinert, A x = R_h x R_w^T, wobei eine Zeile von R den kubischen Kern (a = -1/2), s-mal so breit, über einem Pixel von y enthält.</translation>
    </message>
    <message>
        <source>y has ceil(H/s) x ceil(W/s) pixels. Larger keeps less of the picture and leaves more to the model; benchmarks use 2 to 4.</source>
        <translation>y hat ceil(H/s) x ceil(W/s) Pixel. Größer behält weniger vom Bild und überlässt dem Modell mehr; in Vergleichen üblich sind 2 bis 4.</translation>
    </message>
    <message>
        <source>Defocus blur</source>
        <translation>Fehlfokus</translation>
    </message>
    <message>
        <source>The lens was out of focus: every point becomes a disc, w_k ~ area of pixel k inside |p| &lt;= r; the picture is reflected at its border.</source>
        <translation>Das Objektiv war nicht scharf gestellt: jeder Punkt wird zur Scheibe, w_k ~ Fläche von Pixel k in |p| &lt;= r; am Rand wird das Bild gespiegelt.</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Radius r of the disc. Larger blurs more. Unlike a Gaussian&apos;s, the disc&apos;s spectrum has zeros: what lies there is lost.</source>
        <translation>Radius r der Scheibe. Größer macht unschärfer. Anders als bei Gauß hat das Spektrum der Scheibe Nullstellen: was dort liegt, ist verloren.</translation>
    </message>
    <message>
        <source>Box missing</source>
        <translation>Fehlendes Rechteck</translation>
    </message>
    <message>
        <source>A rectangle of the picture is missing: A x = M x with M = 0 in a box of q H x q W pixels and 1 elsewhere. For a mask of your own use Inpainting.</source>
        <translation>Ein Rechteck des Bildes fehlt: A x = M x mit M = 0 in einem Rechteck von q H x q W Pixeln und sonst 1. Für eine eigene Maske gibt es Ausfüllen.</translation>
    </message>
    <message>
        <source>the place of the box</source>
        <translation>den Ort des Rechtecks</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Height and width of the box as shares q of the picture&apos;s; DPS uses 0.5. Larger leaves more to the model.</source>
        <translation>Höhe und Breite des Rechtecks als Anteil q am Bild; DPS nimmt 0,5. Größer überlässt dem Modell mehr.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>centre: in the middle. random: by the measurement seed, away from the border.</source>
        <translation>Mitte: in der Bildmitte. Zufällig: nach dem Startwert der Messung, nicht am Rand.</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>JPEG compression</source>
        <translation>JPEG-Kompression</translation>
    </message>
    <message>
        <source>The picture was compressed: A x = IDCT(Q round(DCT(x) / Q)) on blocks of 8 x 8, colours at half the resolution. Not linear: for solvers that follow the gradient alone, in which rounding counts as the identity.</source>
        <translation>Das Bild wurde komprimiert: A x = IDCT(Q round(DCT(x) / Q)) auf Blöcken von 8 x 8, Farben in halber Auflösung. Nicht linear: für Löser, die allein dem Gradienten folgen; darin gilt Runden als Identität.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>As libjpeg counts it. Smaller stores less: blocks and ringing appear, and more is left to the model.</source>
        <translation>Wie libjpeg sie zählt. Kleiner speichert weniger: Blöcke und Säume erscheinen, und dem Modell bleibt mehr überlassen.</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>Entrauschen</translation>
    </message>
    <message>
        <source>Straight motion blur</source>
        <translation>Gerade Bewegung</translation>
    </message>
    <message>
        <source>The camera or the object moved evenly along a line: y is the mean of x moved along L pixels in the direction α, read between pixels by linear interpolation; the picture is reflected at its border.</source>
        <translation>Kamera oder Motiv haben sich gleichmäßig auf einer Linie bewegt: y ist das Mittel von x, verschoben entlang L Pixeln in Richtung α, zwischen Pixeln linear interpoliert; am Rand wird das Bild gespiegelt.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Length L of the movement. Larger smears farther.</source>
        <translation>Länge L der Bewegung. Größer verwischt weiter.</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Direction α of the movement, counter-clockwise: 0 is horizontal, 90 vertical.</source>
        <translation>Richtung α der Bewegung, gegen den Uhrzeigersinn: 0 ist waagerecht, 90 senkrecht.</translation>
    </message>
    <message>
        <source>°</source>
        <translation>°</translation>
    </message>
    <message>
        <source>Super-resolution, any factor</source>
        <translation>Superauflösung, beliebiger Faktor</translation>
    </message>
    <message>
        <source>The picture is too small: y is x averaged over windows of s x s pixels, which may share pixels, (A x)_j = sum over pixels of their share of window j.</source>
        <translation>Das Bild ist zu klein: y ist x, gemittelt über Fenster von s x s Pixeln, die sich Pixel teilen dürfen, (A x)_j = Summe über die Pixel mit ihrem Anteil an Fenster j.</translation>
    </message>
    <message>
        <source>Side s of the windows: y has round(H/s) x round(W/s) pixels. Larger keeps less of the picture and leaves more to the model.</source>
        <translation>Seite s der Fenster: y hat round(H/s) x round(W/s) Pixel. Größer behält weniger vom Bild und überlässt dem Modell mehr.</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauß</translation>
    </message>
    <message>
        <source>y = A x + n with n ~ N(0, σ²), on the scale -1 to 1.</source>
        <translation>y = A x + n mit n ~ N(0, σ²), auf der Skala -1 bis 1.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>n ~ N(0, σ²) in y = A x + n, on the scale −1 to 1. Demonstrate adds it; in Restore say how much the photo has. It sets the residual to reach.</source>
        <translation>n ~ N(0, σ²) in y = A x + n, auf der Skala −1 bis 1. Bei bekanntem Original wird es hinzugefügt; sonst hier angeben, wie viel das Foto hat. Es bestimmt das Residuum, das zu erreichen ist.</translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation>Poisson</translation>
    </message>
    <message>
        <source>Shot noise of a camera in little light: y = k / λ on the scale 0 to 1, k ~ Poisson(λ A x). Bright parts have more of it than dark ones.</source>
        <translation>Schrotrauschen einer Kamera bei wenig Licht: y = k / λ auf der Skala 0 bis 1, k ~ Poisson(λ A x). Helle Stellen haben mehr davon als dunkle.</translation>
    </message>
    <message>
        <source>Photons at white</source>
        <translation>Photonen bei Weiß</translation>
    </message>
    <message>
        <source>Photons λ that a white sample counts. Fewer make more noise.</source>
        <translation>Photonen λ, die ein weißer Wert zählt. Weniger machen mehr Rauschen.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>y = A x, exactly.</source>
        <translation>y = A x, genau.</translation>
    </message>
    <message>
        <source>P2L</source>
        <translation>P2L</translation>
    </message>
    <message>
        <source>Prompt tuning and projection: tunes the text embedding as it goes, projects onto the data in pixel space every few steps and re-encodes (Alg. 1-3).</source>
        <translation>Prompt anpassen und projizieren: passt die Texteinbettung unterwegs an, projiziert alle paar Schritte im Pixelraum auf die Daten und kodiert neu (Alg. 1-3).</translation>
    </message>
    <message>
        <source>K small steps change the text embedding so that the estimate fits the measurement.</source>
        <translation>K kleine Schritte ändern die Texteinbettung so, dass die Schätzung zur Messung passt.</translation>
    </message>
    <message>
        <source>The network looks at the noisy latent and says what of it is noise.</source>
        <translation>Das Netz betrachtet das verrauschte Latent und sagt, was davon Rauschen ist.</translation>
    </message>
    <message>
        <source>Taking that noise away leaves the estimate; D makes it a picture.</source>
        <translation>Ohne dieses Rauschen bleibt die Schätzung; D macht ein Bild daraus.</translation>
    </message>
    <message>
        <source>Every γ-th step projects; the others go on with the estimate.</source>
        <translation>Jeder γ-te Schritt projiziert; die anderen gehen mit der Schätzung weiter.</translation>
    </message>
    <message>
        <source>Of all pictures near the estimate, the one that fits the measurement.</source>
        <translation>Von allen Bildern nahe der Schätzung das, das zur Messung passt.</translation>
    </message>
    <message>
        <source>The picture of the estimate as it is: nothing moves it onto the data.</source>
        <translation>Das Bild der Schätzung, wie es ist: Nichts bewegt es auf die Daten.</translation>
    </message>
    <message>
        <source>What the measurement knows is put into the picture of the estimate.</source>
        <translation>Was die Messung weiß, wird in das Bild der Schätzung gesetzt.</translation>
    </message>
    <message>
        <source>It is encoded again, so that the latent stays one that the encoder makes.</source>
        <translation>Es wird neu kodiert, damit das Latent eines bleibt, das der Encoder macht.</translation>
    </message>
    <message>
        <source>Noise is put back, a little less than before.</source>
        <translation>Rauschen kommt wieder hinzu, etwas weniger als vorher.</translation>
    </message>
    <message>
        <source>Noise is put back, a little less than before; as much of it is fresh as η says.</source>
        <translation>Rauschen kommt wieder hinzu, etwas weniger als vorher; davon ist so viel neu, wie η angibt.</translation>
    </message>
    <message>
        <source>Noise is put back, the part ν of it fresh.</source>
        <translation>Rauschen kommt wieder hinzu, der Anteil ν davon neu.</translation>
    </message>
    <message>
        <source>Noise is put back, a little less than before, and all of it is fresh.</source>
        <translation>Rauschen kommt wieder hinzu, etwas weniger als vorher, und alles davon ist neu.</translation>
    </message>
    <message>
        <source>Noise is put back; after a projection the part ν of it is fresh, in the other steps as much as the sampler draws.</source>
        <translation>Rauschen kommt wieder hinzu; nach einer Projektion ist der Anteil ν davon neu, in den anderen Schritten so viel, wie der Sampler zieht.</translation>
    </message>
    <message>
        <source>The latent moves against the gradient of the residual by ρ.</source>
        <translation>Das Latent bewegt sich um ρ gegen den Gradienten des Residuums.</translation>
    </message>
    <message>
        <source>Prompt iterations</source>
        <translation>Prompt-Iterationen</translation>
    </message>
    <message>
        <source>Adam iterations on the prompt embedding in every step (Alg. 2). Each costs one more network and two more decoder passes. 0 does not tune the prompt. The paper uses 1 to 5.</source>
        <translation>Adam-Iterationen auf der Prompt-Einbettung in jedem Schritt (Alg. 2). Jede kostet einen weiteren Durchgang des Netzes und zwei des Decoders. 0 passt den Prompt nicht an. Der Artikel nimmt 1 bis 5.</translation>
    </message>
    <message>
        <source>Project every</source>
        <translation>Projektion alle</translation>
    </message>
    <message>
        <source>Projects onto the data and encodes again where t mod γ = 0 (Alg. 1, l. 5). Smaller projects more often; too often gives artefacts. The paper uses 3 to 5.</source>
        <translation>Projiziert auf die Daten und kodiert neu, wo t mod γ = 0 (Alg. 1, Z. 5). Kleiner projiziert öfter; zu oft gibt Artefakte. Der Artikel nimmt 3 bis 5.</translation>
    </message>
    <message>
        <source>Proximal weight</source>
        <translation>Proximal-Gewicht</translation>
    </message>
    <message>
        <source>min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Eq. 19). Smaller fits the measurement more closely, noise included; larger stays closer to the estimate. The paper uses 0.1 to 1.</source>
        <translation>min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Gl. 19). Kleiner folgt der Messung genauer, samt Rauschen; größer bleibt näher an der Schätzung. Der Artikel nimmt 0,1 bis 1.</translation>
    </message>
    <message>
        <source>Data step</source>
        <translation>Daten-Schritt</translation>
    </message>
    <message>
        <source>z ← z − ρ ∇‖y − A D(ẑ₀)‖ (Alg. 1, l. 12). Larger fits the measurement more closely. Usual at 1000 steps: 0.5 to 1 with gd, 0.05 to 0.1 with adam. 0 takes no gradient and leaves the data to the projection: half of the time with K = 0.</source>
        <translation>z ← z − ρ ∇‖y − A D(ẑ₀)‖ (Alg. 1, Z. 12). Größer folgt der Messung genauer. Üblich bei 1000 Schritten: 0,5 bis 1 mit gd, 0,05 bis 0,1 mit adam. 0 nimmt keinen Gradienten und überlässt die Daten der Projektion: die halbe Zeit bei K = 0.</translation>
    </message>
    <message>
        <source>Prompt learning rate</source>
        <translation>Lernrate des Prompts</translation>
    </message>
    <message>
        <source>Adam&apos;s step size on the prompt embedding. The paper uses 1e-5 to 1e-4 at 1000 steps; there 1e-3 with K = 5 is worse than no tuning. p2l-tiny&apos;s presets use 0.03 in holes and 1e-4 elsewhere; with their fresh noise, tuning gains next to nothing.</source>
        <translation>Schrittweite von Adam auf der Prompt-Einbettung. Der Artikel nimmt 1e-5 bis 1e-4 bei 1000 Schritten; dort ist 1e-3 mit K = 5 schlechter als kein Anpassen. Die Voreinstellungen von p2l-tiny nehmen 0,03 in Löchern und sonst 1e-4; mit ihrem neuen Rauschen bringt das Anpassen fast nichts.</translation>
    </message>
    <message>
        <source>Latent update</source>
        <translation>Schritt des Latents</translation>
    </message>
    <message>
        <source>gd: plain gradient step (Alg. 1). adam: history gradient (Alg. 3), whose step does not depend on the gradient&apos;s size.</source>
        <translation>gd: einfacher Gradientenschritt (Alg. 1). adam: gemittelter Gradient (Alg. 3), dessen Schritt nicht von der Größe des Gradienten abhängt.</translation>
    </message>
    <message>
        <source>gradient step (gd)</source>
        <translation>Gradient (gd)</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Step schedule</source>
        <translation>Verlauf der Schrittweite</translation>
    </message>
    <message>
        <source>constant: ρ at every step. abar: ρ ᾱ_t, small at first (Table 6).</source>
        <translation>constant: ρ in jedem Schritt. abar: ρ ᾱ_t, anfangs klein (Tabelle 6).</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>konstant</translation>
    </message>
    <message>
        <source>ρ ᾱ_t (abar)</source>
        <translation>ρ ᾱ_t (abar)</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>Projektion</translation>
    </message>
    <message>
        <source>What is encoded again. proximal: Eq. 19. gluing: Aᵀy + (I − AᵀA) D(ẑ₀), as in PSLD (Table 4), or with A⁺ (gluing_by). range: D(ẑ₀) itself, without Γ (Table 3). off: nothing (Table 3).</source>
        <translation>Was neu kodiert wird. proximal: Gl. 19. gluing: Aᵀy + (I − AᵀA) D(ẑ₀), wie in PSLD (Tabelle 4), oder mit A⁺ (gluing_by). range: D(ẑ₀) selbst, ohne Γ (Tabelle 3). off: nichts (Tabelle 3).</translation>
    </message>
    <message>
        <source>proximal</source>
        <translation>proximal</translation>
    </message>
    <message>
        <source>gluing</source>
        <translation>gluing</translation>
    </message>
    <message>
        <source>range</source>
        <translation>range</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Fresh noise</source>
        <translation>Neues Rauschen</translation>
    </message>
    <message>
        <source>Share of the noise that is drawn anew after a projection, instead of the sampler&apos;s η: √ᾱ′ z̃₀ + √(1 − ᾱ′) (√(1 − ν) ε + √ν n). 0 is the paper&apos;s line 11. With few steps 1 is better where the data say much, because ε belongs to the estimate before the projection.</source>
        <translation>Anteil des Rauschens, der nach einer Projektion neu gezogen wird, anstelle von η des Samplers: √ᾱ′ z̃₀ + √(1 − ᾱ′) (√(1 − ν) ε + √ν n). 0 ist Zeile 11 des Artikels. Bei wenigen Schritten ist 1 besser, wo die Daten viel sagen, denn ε gehört zur Schätzung vor der Projektion.</translation>
    </message>
    <message>
        <source>λ grows with the noise</source>
        <translation>λ wächst mit dem Rauschen</translation>
    </message>
    <message>
        <source>λ is that of σ = 0.01 and is multiplied by (σ / 0.01)^1.5 at another noise level, so that a noisy measurement is fitted less closely. The paper&apos;s λ is fixed.</source>
        <translation>λ gilt für σ = 0,01 und wird bei anderem Rauschen mit (σ / 0,01)^1,5 malgenommen, damit eine verrauschte Messung weniger genau getroffen wird. Im Artikel ist λ fest.</translation>
    </message>
    <message>
        <source>Closed form</source>
        <translation>Exakt lösen</translation>
    </message>
    <message>
        <source>Solves Eq. 19 exactly where a closed form exists (super-resolution, masks) instead of by conjugate gradients.</source>
        <translation>Löst Gl. 19 exakt, wo es eine geschlossene Form gibt (Superauflösung, Masken), statt durch konjugierte Gradienten.</translation>
    </message>
    <message>
        <source>CG iterations</source>
        <translation>CG-Iterationen</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations for Eq. 19 where no closed form is used. The paper&apos;s solver family uses 5.</source>
        <translation>Iterationen der konjugierten Gradienten für Gl. 19, wo keine geschlossene Form verwendet wird. Die Löser-Familie des Artikels nimmt 5.</translation>
    </message>
    <message>
        <source>Side that ρ is for</source>
        <translation>Seite, für die ρ gilt</translation>
    </message>
    <message>
        <source>Side, in pixels, of the pictures that ρ was found on. The gradient of a norm spreads over the picture: ρ √(H W) / side moves each pixel as far as there. 0 uses ρ as it is, as the paper does.</source>
        <translation>Seite der Bilder in Pixeln, auf denen ρ gefunden wurde. Der Gradient einer Norm verteilt sich über das Bild: ρ √(H W) / Seite bewegt jedes Pixel so weit wie dort. 0 nimmt ρ, wie es ist, wie der Artikel.</translation>
    </message>
    <message>
        <source>Fresh Adam each step</source>
        <translation>Adam je Schritt neu</translation>
    </message>
    <message>
        <source>Resets Adam&apos;s moments of the prompt at every t. The paper leaves it open.</source>
        <translation>Setzt die Momente von Adam für den Prompt bei jedem t zurück. Der Artikel lässt es offen.</translation>
    </message>
    <message>
        <source>Tune prompt every</source>
        <translation>Prompt anpassen alle</translation>
    </message>
    <message>
        <source>Tunes the prompt in every n-th step only. 1 is the paper&apos;s algorithm; larger is faster.</source>
        <translation>Passt den Prompt nur in jedem n-ten Schritt an. 1 ist der Algorithmus des Artikels; größer ist schneller.</translation>
    </message>
    <message>
        <source>Glue by</source>
        <translation>Kleben mit</translation>
    </message>
    <message>
        <source>What carries y − A D(ẑ₀) back to the picture when gluing. transpose: Aᵀ, as the papers print it; at super-resolution it goes 1/s² of the way. pseudo-inverse: A⁺, for super-resolution nearest enlargement, as PSLD&apos;s published code has it; all of the way, noise included. For masks both are the same.</source>
        <translation>Was y − A D(ẑ₀) beim Kleben in das Bild zurückträgt. transpose: Aᵀ, wie in den Artikeln; bei Superauflösung geht es 1/s² des Weges. pseudo-inverse: A⁺, bei Superauflösung Vergrößern durch Wiederholen, wie im veröffentlichten Code von PSLD; der ganze Weg, samt Rauschen. Bei Masken ist beides gleich.</translation>
    </message>
    <message>
        <source>transpose</source>
        <translation>transpose</translation>
    </message>
    <message>
        <source>pseudo-inverse</source>
        <translation>pseudo-inverse</translation>
    </message>
    <message>
        <source>CG iterations of A⁺</source>
        <translation>CG-Iterationen für A⁺</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations of the pseudo-inverse where it has no closed form (blurs). More come closer to the measurement, amplify more of its noise and take longer.</source>
        <translation>Iterationen der konjugierten Gradienten für die Pseudoinverse, wo sie keine geschlossene Form hat (Unschärfen). Mehr kommen der Messung näher, verstärken mehr von ihrem Rauschen und dauern länger.</translation>
    </message>
    <message>
        <source>LDPS</source>
        <translation>LDPS</translation>
    </message>
    <message>
        <source>Latent DPS: a DDIM step, then a gradient step on the data residual through decoder and network (Eq. 6).</source>
        <translation>Latentes DPS: ein DDIM-Schritt, dann ein Gradientenschritt auf das Residuum durch Decoder und Netz (Gl. 6).</translation>
    </message>
    <message>
        <source>The network looks at the noisy picture and says what of it is noise.</source>
        <translation>Das Netz betrachtet das verrauschte Bild und sagt, was davon Rauschen ist.</translation>
    </message>
    <message>
        <source>Taking that noise away leaves the estimate of the clean picture.</source>
        <translation>Ohne dieses Rauschen bleibt die Schätzung des sauberen Bildes.</translation>
    </message>
    <message>
        <source>The gradient says where the estimate disagrees with the measurement, and which way to go.</source>
        <translation>Der Gradient sagt, wo die Schätzung der Messung widerspricht und in welche Richtung es geht.</translation>
    </message>
    <message>
        <source>A step of the sampler, moved against the gradient by ρ.</source>
        <translation>Ein Schritt des Samplers, um ρ gegen den Gradienten verschoben.</translation>
    </message>
    <message>
        <source>z ← z − ρ ∇‖y − A D(ẑ₀)‖. Larger fits the measurement more closely; too large gives artefacts. The paper uses 1 with 1000 steps.</source>
        <translation>z ← z − ρ ∇‖y − A D(ẑ₀)‖. Größer folgt der Messung genauer; zu groß gibt Artefakte. Der Artikel nimmt 1 bei 1000 Schritten.</translation>
    </message>
    <message>
        <source>GML-DPS</source>
        <translation>GML-DPS</translation>
    </message>
    <message>
        <source>LDPS with a second term: the estimate should be a fixed point of the autoencoder, E(D(ẑ₀)) = ẑ₀ (Eq. 44).</source>
        <translation>LDPS mit einem zweiten Term: die Schätzung soll ein Fixpunkt des Autoencoders sein, E(D(ẑ₀)) = ẑ₀ (Gl. 44).</translation>
    </message>
    <message>
        <source>The gradient asks for two things: to fit the measurement, and not to change when decoded and encoded again.</source>
        <translation>Der Gradient verlangt zweierlei: zur Messung zu passen und sich beim Dekodieren und neuen Kodieren nicht zu ändern.</translation>
    </message>
    <message>
        <source>z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(D(ẑ₀))‖) (Eq. 44). Larger fits the measurement and the autoencoder more closely. The paper uses 1 with 1000 steps.</source>
        <translation>z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(D(ẑ₀))‖) (Gl. 44). Größer folgt Messung und Autoencoder genauer. Der Artikel nimmt 1 bei 1000 Schritten.</translation>
    </message>
    <message>
        <source>Fixed-point weight</source>
        <translation>Fixpunkt-Gewicht</translation>
    </message>
    <message>
        <source>Weight of ‖ẑ₀ − E(D(ẑ₀))‖ beside the data residual. 0 is LDPS. The paper uses 0.1.</source>
        <translation>Gewicht von ‖ẑ₀ − E(D(ẑ₀))‖ neben dem Residuum. 0 ist LDPS. Der Artikel nimmt 0,1.</translation>
    </message>
    <message>
        <source>PSLD</source>
        <translation>PSLD</translation>
    </message>
    <message>
        <source>LDPS with a second term: the estimate should equal its own picture with the measured part pasted in and encoded again, E(Aᵀy + (I − AᵀA) D(ẑ₀)) (Eq. 45).</source>
        <translation>LDPS mit einem zweiten Term: die Schätzung soll ihrem eigenen Bild gleichen, in das der gemessene Teil eingeklebt und das neu kodiert wurde, E(Aᵀy + (I − AᵀA) D(ẑ₀)) (Gl. 45).</translation>
    </message>
    <message>
        <source>The measured part of the estimate is replaced by the measurement.</source>
        <translation>Die Messung ersetzt den gemessenen Teil der Schätzung.</translation>
    </message>
    <message>
        <source>The gradient asks to fit the measurement, and to lie where the glued picture is encoded.</source>
        <translation>Der Gradient verlangt, zur Messung zu passen und dort zu liegen, wo das geklebte Bild kodiert ist.</translation>
    </message>
    <message>
        <source>z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖) (Eq. 45). Larger fits the measurement and the gluing more closely. The paper uses 1 with 1000 steps.</source>
        <translation>z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖) (Gl. 45). Größer folgt Messung und Klebung genauer. Der Artikel nimmt 1 bei 1000 Schritten.</translation>
    </message>
    <message>
        <source>Gluing weight</source>
        <translation>Klebe-Gewicht</translation>
    </message>
    <message>
        <source>Weight of ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖ beside the data residual. 0 is LDPS. The paper uses 0.1; the published code 0.01 for box inpainting.</source>
        <translation>Gewicht von ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖ neben dem Residuum. 0 ist LDPS. Der Artikel nimmt 0,1; der veröffentlichte Code 0,01 für fehlende Rechtecke.</translation>
    </message>
    <message>
        <source>LDIR</source>
        <translation>LDIR</translation>
    </message>
    <message>
        <source>LDPS with a history gradient: the data step is smoothed over the steps and divided by its own size, as Adam does (Eq. 40-43).</source>
        <translation>LDPS mit gemitteltem Gradienten: der Datenschritt wird über die Schritte geglättet und durch seine eigene Größe geteilt, wie bei Adam (Gl. 40-43).</translation>
    </message>
    <message>
        <source>Gradients of earlier steps are remembered, as Adam does.</source>
        <translation>Gradienten früherer Schritte werden gemerkt, wie bei Adam.</translation>
    </message>
    <message>
        <source>A step of the sampler, moved by the smoothed gradient: its length does not depend on the gradient&apos;s.</source>
        <translation>Ein Schritt des Samplers, um den geglätteten Gradienten verschoben: seine Länge hängt nicht von der des Gradienten ab.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schrittweite</translation>
    </message>
    <message>
        <source>z ← z − ρ m̂/√(v̂ + ε) (Eq. 43). An entry of the latent moves by about ρ a step, up to about twice that while the gradient keeps its sign. The paper uses 0.05 (0.1 for motion blur on ImageNet) with 1000 steps.</source>
        <translation>z ← z − ρ m̂/√(v̂ + ε) (Gl. 43). Ein Eintrag des Latents bewegt sich je Schritt um etwa ρ, bis etwa doppelt so weit, solange der Gradient sein Vorzeichen behält. Der Artikel nimmt 0,05 (0,1 für Bewegungsunschärfe auf ImageNet) bei 1000 Schritten.</translation>
    </message>
    <message>
        <source>TReg</source>
        <translation>TReg</translation>
    </message>
    <message>
        <source>Regularisation by texts: strong guidance towards the prompt, the data by conjugate gradients in pixel space every few steps, and a null text that is moved away from the picture&apos;s CLIP feature where the model has an image encoder (Eq. 46-50).</source>
        <translation>Regularisierung durch Texte: starke Führung zum Prompt, alle paar Schritte die Daten durch konjugierte Gradienten im Pixelraum, und ein leerer Text, der sich vom CLIP-Merkmal des Bildes wegbewegt, wo das Modell einen Bild-Encoder hat (Gl. 46-50).</translation>
    </message>
    <message>
        <source>Every few steps conjugate gradients move the decoded estimate onto the data.</source>
        <translation>Alle paar Schritte bringen konjugierte Gradienten die dekodierte Schätzung auf die Daten.</translation>
    </message>
    <message>
        <source>That picture is encoded again and mixed with the estimate.</source>
        <translation>Dieses Bild wird neu kodiert und mit der Schätzung gemischt.</translation>
    </message>
    <message>
        <source>The null text moves away from what the picture shows already.</source>
        <translation>Der leere Text bewegt sich weg von dem, was das Bild schon zeigt.</translation>
    </message>
    <message>
        <source>Noise is put back, for the next step&apos;s level.</source>
        <translation>Rauschen kommt wieder hinzu, für den Pegel des nächsten Schritts.</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>ε(∅) + w (ε(C) − ε(∅)). Larger follows the text more closely; with an empty text it has no effect. The paper uses 7.5, the published code 5.</source>
        <translation>ε(∅) + w (ε(C) − ε(∅)). Größer folgt dem Text genauer; bei leerem Text ohne Wirkung. Der Artikel nimmt 7,5, der veröffentlichte Code 5.</translation>
    </message>
    <message>
        <source>Data step every</source>
        <translation>Daten-Schritt alle</translation>
    </message>
    <message>
        <source>A data step in every m-th step (Eq. 46-48). Larger leaves more to the text.</source>
        <translation>Ein Datenschritt in jedem m-ten Schritt (Gl. 46-48). Größer überlässt dem Text mehr.</translation>
    </message>
    <message>
        <source>Data steps until</source>
        <translation>Daten-Schritte bis</translation>
    </message>
    <message>
        <source>Share of the run after which data steps end; the published code stops after 170 of 200 steps. Larger fits the measurement for longer, artefacts of the autoencoder included.</source>
        <translation>Anteil des Laufs, nach dem die Datenschritte enden; der veröffentlichte Code endet nach 170 von 200 Schritten. Größer folgt der Messung länger, samt Artefakten des Autoencoders.</translation>
    </message>
    <message>
        <source>min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Eq. 47). Smaller fits the measurement more closely, noise included.</source>
        <translation>min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Gl. 47). Kleiner folgt der Messung genauer, samt Rauschen.</translation>
    </message>
    <message>
        <source>Gradient step</source>
        <translation>Gradienten-Schritt</translation>
    </message>
    <message>
        <source>Between the data steps: z ← z − ρ ∇‖y − A D(ẑ₀)‖ with the null text (Eq. 50). 0, as in the published code, leaves it out; then no gradient crosses the network.</source>
        <translation>Zwischen den Datenschritten: z ← z − ρ ∇‖y − A D(ẑ₀)‖ mit dem leeren Text (Gl. 50). 0, wie im veröffentlichten Code, lässt das weg; dann geht kein Gradient durch das Netz.</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations for Eq. 47.</source>
        <translation>Iterationen der konjugierten Gradienten für Gl. 47.</translation>
    </message>
    <message>
        <source>Data steps replace the noise: s² = ν² ᾱ′ (1 − ᾱ′). 1: the published code. 0: none.</source>
        <translation>Datenschritte ersetzen das Rauschen: s² = ν² ᾱ′ (1 − ᾱ′). 1: der veröffentlichte Code. 0: keines.</translation>
    </message>
    <message>
        <source>Null text iterations</source>
        <translation>Iterationen des leeren Textes</translation>
    </message>
    <message>
        <source>Adam iterations that move the null text away from the picture&apos;s CLIP feature (Eq. 49). Needs a model with an image encoder.</source>
        <translation>Adam-Iterationen, die den leeren Text vom CLIP-Merkmal des Bildes wegbewegen (Gl. 49). Braucht ein Modell mit Bild-Encoder.</translation>
    </message>
    <message>
        <source>Null text learning rate</source>
        <translation>Lernrate des leeren Textes</translation>
    </message>
    <message>
        <source>Adam&apos;s step size on the null text.</source>
        <translation>Schrittweite von Adam auf dem leeren Text.</translation>
    </message>
    <message>
        <source>ReSample</source>
        <translation>ReSample</translation>
    </message>
    <message>
        <source>Hard data consistency: every few steps the estimate is optimised until it fits the measurement, on pixels first and on the latent later; a draw takes it back to its noise level.</source>
        <translation>Strenge Datentreue: alle paar Schritte wird die Schätzung optimiert, bis sie zur Messung passt, zuerst auf Pixeln und später auf dem Latent; eine Ziehung bringt sie auf ihren Rauschpegel zurück.</translation>
    </message>
    <message>
        <source>A step of the sampler, moved against the gradient.</source>
        <translation>Ein Schritt des Samplers, gegen den Gradienten verschoben.</translation>
    </message>
    <message>
        <source>Every few steps an optimiser looks for a picture that explains the measurement to within its noise.</source>
        <translation>Alle paar Schritte sucht ein Optimierer ein Bild, das die Messung bis auf ihr Rauschen erklärt.</translation>
    </message>
    <message>
        <source>It is encoded again.</source>
        <translation>Sie wird neu kodiert.</translation>
    </message>
    <message>
        <source>The next latent is drawn between both.</source>
        <translation>Das nächste Latent wird zwischen beiden gezogen.</translation>
    </message>
    <message>
        <source>Consistency every</source>
        <translation>Angleichen alle</translation>
    </message>
    <message>
        <source>Fits the estimate to the measurement in every m-th step after the first third of the run. The published code: 10 of 500 steps; shorter runs need it more often.</source>
        <translation>Gleicht die Schätzung in jedem m-ten Schritt nach dem ersten Drittel des Laufs an die Messung an. Veröffentlichter Code: 10 bei 500 Schritten; kürzere Läufe brauchen es öfter.</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>Adam steps of each optimisation, at most: it ends when the residual reaches the noise level. Each costs a decoder pass and its gradient. The published code: 500, 200 for inpainting.</source>
        <translation>Adam-Schritte je Optimierung, höchstens: sie endet, wenn das Residuum den Rauschpegel erreicht. Jeder kostet einen Durchgang des Decoders und dessen Gradienten. Veröffentlichter Code: 500, 200 zum Ausfüllen.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Adam&apos;s step size on the latent. Larger reaches the measurement in fewer iterations, but leaves the model&apos;s range of pictures sooner.</source>
        <translation>Schrittweite von Adam auf dem Latent. Größer erreicht die Messung in weniger Iterationen, verlässt aber eher, was das Modell an Bildern kennt.</translation>
    </message>
    <message>
        <source>Trust in the optimum</source>
        <translation>Vertrauen ins Optimum</translation>
    </message>
    <message>
        <source>The draw&apos;s variance is γ times that of DDIM with η = 1. Larger follows the optimised estimate, smaller DDIM&apos;s own step.</source>
        <translation>Die Varianz der Ziehung ist das γ-fache von DDIM mit η = 1. Größer folgt der optimierten Schätzung, kleiner dem eigenen Schritt von DDIM.</translation>
    </message>
    <message>
        <source>In every step z ← z − ρ ᾱ ∇‖y − A D(ẑ₀)‖. 0 leaves the data to the optimisation; then no gradient crosses the network.</source>
        <translation>In jedem Schritt z ← z − ρ ᾱ ∇‖y − A D(ẑ₀)‖. 0 überlässt die Daten der Optimierung; dann geht kein Gradient durch das Netz.</translation>
    </message>
    <message>
        <source>LatentDAPS</source>
        <translation>LatentDAPS</translation>
    </message>
    <message>
        <source>Decoupled annealing: each step estimates the clean latent by the probability flow, draws it anew by Langevin dynamics that know the measurement, and adds fresh noise of the next level.</source>
        <translation>Entkoppeltes Abkühlen: jeder Schritt schätzt das saubere Latent durch den Wahrscheinlichkeitsfluss, zieht es neu durch Langevin-Dynamik, die die Messung kennt, und fügt neues Rauschen des nächsten Pegels hinzu.</translation>
    </message>
    <message>
        <source>Langevin dynamics draw a latent that the measurement and the estimate agree on.</source>
        <translation>Langevin-Dynamik zieht ein Latent, in dem sich Messung und Schätzung einig sind.</translation>
    </message>
    <message>
        <source>All noise is fresh: early mistakes can be left.</source>
        <translation>Alles Rauschen ist neu: frühe Fehler lassen sich verlassen.</translation>
    </message>
    <message>
        <source>Flow steps</source>
        <translation>Fluss-Schritte</translation>
    </message>
    <message>
        <source>Network evaluations for each step&apos;s clean estimate. The published code: 2 to 5.</source>
        <translation>Netzauswertungen für die saubere Schätzung jedes Schritts. Veröffentlichter Code: 2 bis 5.</translation>
    </message>
    <message>
        <source>Langevin steps</source>
        <translation>Langevin-Schritte</translation>
    </message>
    <message>
        <source>Langevin steps on the latent at each noise level. Each costs a decoder pass and its gradient. 0 ignores the measurement. The published code: 30 with Stable Diffusion.</source>
        <translation>Langevin-Schritte auf dem Latent bei jedem Rauschpegel. Jeder kostet einen Durchgang des Decoders und dessen Gradienten. 0 beachtet die Messung nicht. Veröffentlichter Code: 30 bei Stable Diffusion.</translation>
    </message>
    <message>
        <source>Langevin step size</source>
        <translation>Langevin-Schrittweite</translation>
    </message>
    <message>
        <source>Larger moves further in each step; too large diverges. The published code: 1e-4 with Stable Diffusion.</source>
        <translation>Größer geht in jedem Schritt weiter; zu groß divergiert. Veröffentlichter Code: 1e-4 bei Stable Diffusion.</translation>
    </message>
    <message>
        <source>Deviation of the data</source>
        <translation>Abweichung der Daten</translation>
    </message>
    <message>
        <source>exp(−‖y − A D(z)‖² / 2τ²). Smaller fits the measurement more closely. τ includes what the autoencoder cannot show. The published code: 0.01.</source>
        <translation>exp(−‖y − A D(z)‖² / 2τ²). Kleiner folgt der Messung genauer. τ enthält, was der Autoencoder nicht zeigen kann. Veröffentlichter Code: 0,01.</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Trägheit</translation>
    </message>
    <message>
        <source>Share of the velocity that is kept. 0 is plain Langevin dynamics; the published code uses 0.45 with Stable Diffusion.</source>
        <translation>Anteil der Geschwindigkeit, der bleibt. 0 ist einfache Langevin-Dynamik; der veröffentlichte Code nimmt 0,45 bei Stable Diffusion.</translation>
    </message>
    <message>
        <source>Last step size</source>
        <translation>Letzte Schrittweite</translation>
    </message>
    <message>
        <source>The step size falls linearly over the run to this share of h.</source>
        <translation>Die Schrittweite fällt über den Lauf linear auf diesen Anteil von h.</translation>
    </message>
    <message>
        <source>LATINO</source>
        <translation>LATINO</translation>
    </message>
    <message>
        <source>Projection alone: encode, add noise, denoise, project onto the data, in a few rounds of falling noise. The fastest solver. It was made for a network distilled to few steps and works with any.</source>
        <translation>Nur Projektion: kodieren, verrauschen, entrauschen, auf die Daten projizieren, in wenigen Runden fallenden Rauschens. Der schnellste Löser. Gemacht für ein auf wenige Schritte destilliertes Netz, arbeitet er mit jedem.</translation>
    </message>
    <message>
        <source>The decoded estimate is moved onto the data in pixel space.</source>
        <translation>Die dekodierte Schätzung wird im Pixelraum auf die Daten gebracht.</translation>
    </message>
    <message>
        <source>Fresh noise of the next level is added.</source>
        <translation>Neues Rauschen des nächsten Pegels kommt hinzu.</translation>
    </message>
    <message>
        <source>Data weight</source>
        <translation>Daten-Gewicht</translation>
    </message>
    <message>
        <source>min ‖y − A x‖² + σ² / (δ (1 − ᾱ)) ‖x − D(ẑ₀)‖². Larger fits the measurement more closely, noise included. The published code uses 0.01 to 1.</source>
        <translation>min ‖y − A x‖² + σ² / (δ (1 − ᾱ)) ‖x − D(ẑ₀)‖². Größer folgt der Messung genauer, samt Rauschen. Der veröffentlichte Code nimmt 0,01 bis 1.</translation>
    </message>
    <message>
        <source>Solves the data step exactly where a closed form exists (super-resolution, masks) instead of by conjugate gradients.</source>
        <translation>Löst den Datenschritt exakt, wo es eine geschlossene Form gibt (Superauflösung, Masken), statt durch konjugierte Gradienten.</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations of the data step where no closed form is used.</source>
        <translation>Iterationen der konjugierten Gradienten im Datenschritt, wo keine geschlossene Form verwendet wird.</translation>
    </message>
    <message>
        <source>DPS</source>
        <translation>DPS</translation>
    </message>
    <message>
        <source>Diffusion posterior sampling on pixels: a DDIM step, then a gradient step on the data residual through the network (Eq. 51).</source>
        <translation>Diffusion Posterior Sampling auf Pixeln: ein DDIM-Schritt, dann ein Gradientenschritt auf das Residuum durch das Netz (Gl. 51).</translation>
    </message>
    <message>
        <source>x ← x − ρ ∇‖y − A x̂₀‖ (Eq. 51). Larger fits the measurement more closely; too large gives artefacts. The paper uses 1 with 1000 steps; fewer steps need a larger ρ.</source>
        <translation>x ← x − ρ ∇‖y − A x̂₀‖ (Gl. 51). Größer folgt der Messung genauer; zu groß gibt Artefakte. Der Artikel nimmt 1 bei 1000 Schritten; weniger Schritte brauchen ein größeres ρ.</translation>
    </message>
    <message>
        <source>ΠGDM</source>
        <translation>ΠGDM</translation>
    </message>
    <message>
        <source>Pseudoinverse guidance on pixels: as DPS, with the residual weighed by its covariance r² A Aᵀ + σ² I, so that far fewer steps suffice (Eq. 52).</source>
        <translation>Führung durch die Pseudoinverse auf Pixeln: wie DPS, mit dem Residuum gewichtet nach seiner Kovarianz r² A Aᵀ + σ² I, sodass viel weniger Schritte reichen (Gl. 52).</translation>
    </message>
    <message>
        <source>The residual is weighed by how certain the estimate and the measurement are, and sent back through the network.</source>
        <translation>Das Residuum wird danach gewichtet, wie sicher Schätzung und Messung sind, und durch das Netz zurückgeschickt.</translation>
    </message>
    <message>
        <source>A step of the sampler, moved along it.</source>
        <translation>Ein Schritt des Samplers, daran entlang verschoben.</translation>
    </message>
    <message>
        <source>x ← DDIM + ρ w g (Eq. 52), with w = r² √(ᾱₜ ᾱₜ₋₁) as in Song et al. Larger fits the measurement more closely.</source>
        <translation>x ← DDIM + ρ w g (Gl. 52), mit w = r² √(ᾱₜ ᾱₜ₋₁) wie in Song et al. Größer folgt der Messung genauer.</translation>
    </message>
    <message>
        <source>Prior deviation</source>
        <translation>Streuung des Vorwissens</translation>
    </message>
    <message>
        <source>Standard deviation of pictures on the scale −1 to 1 in r² = s² (1 − ᾱ) / (ᾱ s² + 1 − ᾱ). 1: as in Song et al. Smaller trusts the estimate more, which matters with a noisy measurement.</source>
        <translation>Standardabweichung von Bildern auf der Skala −1 bis 1 in r² = s² (1 − ᾱ) / (ᾱ s² + 1 − ᾱ). 1: wie in Song et al. Kleiner vertraut der Schätzung mehr, was bei verrauschter Messung zählt.</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations for (r² A Aᵀ + σ² I)⁻¹ where it has no closed form.</source>
        <translation>Iterationen der konjugierten Gradienten für (r² A Aᵀ + σ² I)⁻¹, wo es keine geschlossene Form hat.</translation>
    </message>
    <message>
        <source>DDS</source>
        <translation>DDS</translation>
    </message>
    <message>
        <source>Decomposed diffusion sampling on pixels: a few conjugate gradient iterations move each step&apos;s estimate towards the data; no gradient crosses the network (Eq. 53-54).</source>
        <translation>Zerlegtes Diffusions-Sampling auf Pixeln: wenige Iterationen der konjugierten Gradienten bewegen die Schätzung jedes Schritts zu den Daten; kein Gradient geht durch das Netz (Gl. 53-54).</translation>
    </message>
    <message>
        <source>A few conjugate gradient iterations move the estimate onto the data; no gradient crosses the network.</source>
        <translation>Wenige Iterationen der konjugierten Gradienten bringen die Schätzung auf die Daten; kein Gradient geht durch das Netz.</translation>
    </message>
    <message>
        <source>min ½ ‖y − A x‖² + γ/2 ‖x − x̂₀‖² (Eq. 53). Smaller fits the measurement more closely, noise included.</source>
        <translation>min ½ ‖y − A x‖² + γ/2 ‖x − x̂₀‖² (Gl. 53). Kleiner folgt der Messung genauer, samt Rauschen.</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations for Eq. 53, starting at the estimate. The paper uses 5.</source>
        <translation>Iterationen der konjugierten Gradienten für Gl. 53, ab der Schätzung. Der Artikel nimmt 5.</translation>
    </message>
    <message>
        <source>DiffPIR</source>
        <translation>DiffPIR</translation>
    </message>
    <message>
        <source>Plug-and-play restoration on pixels: each step&apos;s estimate is replaced by a picture nearby that fits the data, and noise is put back, part of it fresh; no gradient crosses the network (Eq. 55-56).</source>
        <translation>Plug-and-Play-Restaurierung auf Pixeln: ein nahes Bild, das zu den Daten passt, ersetzt die Schätzung jedes Schritts, und Rauschen kommt wieder hinzu, zum Teil neues; kein Gradient geht durch das Netz (Gl. 55-56).</translation>
    </message>
    <message>
        <source>The picture that fits the data and lies near the estimate, nearer the later the step.</source>
        <translation>Das Bild, das zu den Daten passt und nah an der Schätzung liegt, umso näher, je später der Schritt.</translation>
    </message>
    <message>
        <source>Noise is put back, the part ζ of it fresh.</source>
        <translation>Rauschen kommt wieder hinzu, der Anteil ζ davon neu.</translation>
    </message>
    <message>
        <source>Share of the noise that is drawn anew in each step (Eq. 56), instead of the sampler&apos;s η. The paper uses 0.35 for super-resolution, 0.3 for deblurring, 1 for inpainting.</source>
        <translation>Anteil des Rauschens, der in jedem Schritt neu gezogen wird (Gl. 56), anstelle von η des Samplers. Der Artikel nimmt 0,35 für Superauflösung, 0,3 für Schärfen, 1 für Ausfüllen.</translation>
    </message>
    <message>
        <source>Prior weight</source>
        <translation>Gewicht des Vorwissens</translation>
    </message>
    <message>
        <source>min ½ ‖y − A x‖² + λ σ² ᾱ / (2 (1 − ᾱ)) ‖x − x̂₀‖² (Eq. 55). Smaller fits the measurement more closely, noise included. The paper uses 35 for super-resolution, 7 otherwise.</source>
        <translation>min ½ ‖y − A x‖² + λ σ² ᾱ / (2 (1 − ᾱ)) ‖x − x̂₀‖² (Gl. 55). Kleiner folgt der Messung genauer, samt Rauschen. Der Artikel nimmt 35 für Superauflösung, sonst 7.</translation>
    </message>
    <message>
        <source>Noise that is kept</source>
        <translation>Behaltenes Rauschen</translation>
    </message>
    <message>
        <source>network: the network&apos;s prediction, as in Eq. 56. estimate: what separates x_t from the corrected estimate, as in the published code.</source>
        <translation>network: die Vorhersage des Netzes, wie in Gl. 56. estimate: was x_t von der korrigierten Schätzung trennt, wie im veröffentlichten Code.</translation>
    </message>
    <message>
        <source>network</source>
        <translation>network</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>estimate</translation>
    </message>
    <message>
        <source>Conjugate gradient iterations for Eq. 55 where it has no closed form.</source>
        <translation>Iterationen der konjugierten Gradienten für Gl. 55, wo sie keine geschlossene Form hat.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Sampling steps N. The paper uses 1000. The time grows in proportion; too few steps lose quality.</source>
        <translation>Schritte N des Samplers. Der Artikel nimmt 1000. Die Zeit wächst im gleichen Maß; zu wenige Schritte kosten Qualität.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>1: starts from noise alone, as in the paper. Smaller: starts from the plain picture (bicubic enlargement, the blurred picture, holes filled from their borders) with the noise that is left in a run when this share of it remains; all steps are spent there. 0.25 is better and needs fewer steps where the plain picture is close, as in super-resolution.</source>
        <translation>1: beginnt mit reinem Rauschen, wie im Artikel. Kleiner: beginnt mit dem einfachen Bild (bikubisch vergrößert, das unscharfe Bild, Löcher von ihren Rändern her gefüllt) und dem Rauschen, das ein Lauf noch hat, wenn dieser Anteil von ihm bleibt; alle Schritte liegen dort. 0,25 ist besser und braucht weniger Schritte, wo das einfache Bild schon nah ist, wie bei Superauflösung.</translation>
    </message>
    <message>
        <source>Stochasticity</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>0: deterministic DDIM, as in the paper. 1: as much fresh noise as DDPM.</source>
        <translation>0: deterministisches DDIM, wie im Artikel. 1: so viel neues Rauschen wie DDPM.</translation>
    </message>
    <message>
        <source>Timestep spacing</source>
        <translation>Abstand der Zeitschritte</translation>
    </message>
    <message>
        <source>model: the setting of the model&apos;s scheduler. leading: t = ⌊i T/N⌋ + offset, as Stable Diffusion. trailing: from T − 1 down, so that sampling starts at full noise. linspace: evenly from T − 1 to 0. lcm: of the 50 steps of an LCM.</source>
        <translation>model: die Einstellung des Schedulers im Modell. leading: t = ⌊i T/N⌋ + offset, wie Stable Diffusion. trailing: von T − 1 abwärts, sodass es bei vollem Rauschen beginnt. linspace: gleichmäßig von T − 1 bis 0. lcm: aus den 50 Schritten eines LCM.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>model</translation>
    </message>
    <message>
        <source>leading</source>
        <translation>leading</translation>
    </message>
    <message>
        <source>trailing</source>
        <translation>trailing</translation>
    </message>
    <message>
        <source>linspace</source>
        <translation>linspace</translation>
    </message>
    <message>
        <source>Classifier-free guidance ε(∅) + w (ε(C) − ε(∅)). 1 is off, as in the paper&apos;s solvers; more than 1 doubles the network&apos;s work.</source>
        <translation>Klassifikatorfreie Führung ε(∅) + w (ε(C) − ε(∅)). 1 ist aus, wie in den Lösern des Artikels; mehr als 1 verdoppelt die Arbeit des Netzes.</translation>
    </message>
    <message>
        <source>Keep measured pixels</source>
        <translation>Gemessene Pixel behalten</translation>
    </message>
    <message>
        <source>At the end x ← Aᵀy + (I − AᵀA) x: pixels outside of the mask come from the photo, noise included, and not from the autoencoder. Masks only; not part of the paper&apos;s algorithms.</source>
        <translation>Am Ende x ← Aᵀy + (I − AᵀA) x: Pixel außerhalb der Maske kommen aus dem Foto, samt Rauschen, und nicht aus dem Autoencoder. Nur bei Masken; gehört nicht zu den Algorithmen des Artikels.</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s colours</source>
        <translation>Farben des Fotos behalten</translation>
    </message>
    <message>
        <source>At the end the low-pass of A x − y is brought below 0.5/255, by smooth changes alone: colours are those that were measured, detail is the model&apos;s. Linear tasks only; not part of the paper&apos;s algorithms.</source>
        <translation>Am Ende wird der Tiefpass von A x − y unter 0,5/255 gebracht, allein durch glatte Änderungen: die Farben sind die gemessenen, die Details die des Modells. Nur bei linearen Aufgaben; gehört nicht zu den Algorithmen des Artikels.</translation>
    </message>
    <message>
        <source>End on the data</source>
        <translation>Auf den Daten enden</translation>
    </message>
    <message>
        <source>At the end x ← argmin ‖y − A x‖² + (σ/κ)² ‖x − D(z)‖², as Eq. 19 but in pixels and not encoded again: what the autoencoder lost of the measurement comes back, as far as its noise σ allows. κ is how far a sample of D(z) lies from the truth, on the scale −1 to 1: 0.05 suits the embedded models. Larger fits the measurement more closely, noise included. 0 is off, as in the paper. Linear tasks only.</source>
        <translation>Am Ende x ← argmin ‖y − A x‖² + (σ/κ)² ‖x − D(z)‖², wie Gl. 19, aber in Pixeln und nicht neu kodiert: was der Autoencoder von der Messung verloren hat, kommt zurück, soweit ihr Rauschen σ es zulässt. κ ist der Abstand eines Werts von D(z) zum Original, auf der Skala −1 bis 1: 0,05 passt zu den eingebauten Modellen. Größer folgt der Messung genauer, samt Rauschen. 0 ist aus, wie im Artikel. Nur bei linearen Aufgaben.</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>Teilstücke</translation>
    </message>
    <message>
        <source>For pictures larger than the model was trained on. none: the latent as a whole, which with P2L&apos;s projection the paper finds as good and faster. multidiffusion: ε is the mean of overlapping patches&apos; predictions. mixture: with Gaussian weights, of variance 0.01 of a patch&apos;s side. The memory of the noise network is then that of one patch (App. F).</source>
        <translation>Für Bilder, die größer sind als die des Trainings. none: das Latent als Ganzes, mit der Projektion von P2L laut Artikel ebenso gut und schneller. multidiffusion: ε ist das Mittel der Vorhersagen überlappender Teilstücke. mixture: mit Gauß-Gewichten, deren Varianz 0,01 der Seite eines Teilstücks ist. Das Rauschnetz braucht dann den Speicher für nur ein Teilstück (Anh. F).</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>multidiffusion</source>
        <translation>multidiffusion</translation>
    </message>
    <message>
        <source>mixture</source>
        <translation>mixture</translation>
    </message>
    <message>
        <source>Patch size</source>
        <translation>Seite der Teilstücke</translation>
    </message>
    <message>
        <source>Side of a patch in latent pixels; 64, as in the paper, is 512 pixels of Stable Diffusion&apos;s pictures and 256 of the embedded model&apos;s. Larger sees more at once and takes more memory.</source>
        <translation>Seite eines Teilstücks in latenten Pixeln; 64, wie im Artikel, sind 512 Pixel der Bilder von Stable Diffusion und 256 des eingebauten Modells. Größer sieht mehr auf einmal und braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>latent px</source>
        <translation>latente px</translation>
    </message>
    <message>
        <source>Patch stride</source>
        <translation>Abstand der Teilstücke</translation>
    </message>
    <message>
        <source>Distance between patches in latent pixels, at most the patch size; the paper uses 32. Smaller overlaps more and takes longer.</source>
        <translation>Abstand der Teilstücke in latenten Pixeln, höchstens ihre Seite; der Artikel nimmt 32. Kleiner überlappt mehr und dauert länger.</translation>
    </message>
    <message>
        <source>Another autoencoder</source>
        <translation>Anderer Autoencoder</translation>
    </message>
    <message>
        <source>Another autoencoder, such as TAESD: its folder or file; default: the model&apos;s own</source>
        <translation>Ein anderer Autoencoder, etwa TAESD: Ordner oder Datei; Vorgabe: der des Modells</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>LoRA that is merged into a Stable Diffusion model (safetensors of diffusers or kohya): W + scale · alpha/rank · up · down. Several: FILE;FILE=0.5, each with its own factor</source>
        <translation>LoRA, die in ein Modell von Stable Diffusion gemischt wird (safetensors von diffusers oder kohya): W + scale · alpha/rank · up · down. Mehrere: DATEI;DATEI=0.5, jede mit ihrem eigenen Faktor</translation>
    </message>
    <message>
        <source>LoRA scale</source>
        <translation>Stärke der LoRA</translation>
    </message>
    <message>
        <source>How much of the LoRA is merged. 1: as it was trained; 0: nothing; smaller than 1: less of it</source>
        <translation>Wie viel von der LoRA dazukommt. 1: wie sie trainiert wurde; 0: nichts; kleiner als 1: weniger davon</translation>
    </message>
    <message>
        <source>LoRA digest</source>
        <translation>Prüfsumme der LoRA</translation>
    </message>
    <message>
        <source>SHA-256 that the LoRA&apos;s files must have, separated by spaces, as reports state it; empty: any</source>
        <translation>SHA-256, die die Dateien der LoRA haben müssen, durch Leerzeichen getrennt, wie Berichte sie nennen; leer: beliebig</translation>
    </message>
    <message>
        <source>Fast autoencoder</source>
        <translation>Schneller Autoencoder</translation>
    </message>
    <message>
        <source>A small autoencoder of the same latents, such as TAESD, for the steps: its folder or file. The model&apos;s own decoder makes the last picture</source>
        <translation>Ein kleiner Autoencoder für dieselben latenten Bilder, etwa TAESD, für die Schritte: Ordner oder Datei. Das letzte Bild macht der Decoder des Modells</translation>
    </message>
    <message>
        <source>on</source>
        <translation>on</translation>
    </message>
    <message>
        <source>LCM sampling</source>
        <translation>LCM-Abtastung</translation>
    </message>
    <message>
        <source>Samples as latent consistency models are, in 4 to 8 steps: timesteps of the 50 that they were distilled on (spacing lcm, where the spacing is the model&apos;s), the boundary condition c_skip z_t + c_out ẑ₀ on every estimate, and all noise fresh. on: for a model with an LCM-LoRA. model: where the model&apos;s scheduler is an LCMScheduler.</source>
        <translation>Tastet ab wie ein Latent Consistency Model, in 4 bis 8 Schritten: Zeitschritte aus den 50, auf denen es destilliert wurde (Abstand lcm, wo der Abstand der des Modells ist), die Randbedingung c_skip z_t + c_out ẑ₀ für jede Schätzung, und alles Rauschen neu. on: für ein Modell mit einer LCM-LoRA. model: wo der Scheduler des Modells ein LCMScheduler ist.</translation>
    </message>
    <message>
        <source>lcm</source>
        <translation>lcm</translation>
    </message>
    <message>
        <source>Few steps (LCM)</source>
        <translation>Wenige Schritte (LCM)</translation>
    </message>
    <message>
        <source>Spagnoletti et al. 2025: their 8 steps with a distilled network, so for a consistency model, or one with an LCM-LoRA</source>
        <translation>Spagnoletti et al. 2025: ihre 8 Schritte mit einem destillierten Netz, also für ein Consistency-Modell oder eines mit einer LCM-LoRA</translation>
    </message>
    <message>
        <source>P2L&apos;s projection alone in 8 steps with fresh noise, as LATINO; for a consistency model, or one with an LCM-LoRA; not searched</source>
        <translation>Nur die Projektion von P2L in 8 Schritten mit neuem Rauschen, wie LATINO; für ein Consistency-Modell oder eines mit einer LCM-LoRA; nicht gesucht</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Folder with vocab.json and merges.txt, or tokenizer.json, for a checkpoint file without `tokenizer` beside it</source>
        <translation>Ordner mit vocab.json und merges.txt oder mit tokenizer.json, für eine Checkpoint-Datei ohne `tokenizer` daneben</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>What the network predicts, where its files do not say or say it wrong</source>
        <translation>Was das Netz vorhersagt, wenn seine Dateien es nicht oder falsch sagen</translation>
    </message>
    <message>
        <source>epsilon</source>
        <translation>epsilon</translation>
    </message>
    <message>
        <source>v_prediction</source>
        <translation>v_prediction</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Number format of the networks: auto is fp32, or what the memory limit asks for; tf32 is for NVIDIA cards; prompt, sampler and losses stay fp32</source>
        <translation>Zahlenformat der Netze: auto ist fp32 oder was die Speichergrenze verlangt; tf32 ist für NVIDIA-Karten; Prompt, Sampler und Verluste bleiben fp32</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>fp32</source>
        <translation>fp32</translation>
    </message>
    <message>
        <source>tf32</source>
        <translation>tf32</translation>
    </message>
    <message>
        <source>bf16</source>
        <translation>bf16</translation>
    </message>
    <message>
        <source>fp16</source>
        <translation>fp16</translation>
    </message>
    <message>
        <source>Checkpointing</source>
        <translation>Checkpointing</translation>
    </message>
    <message>
        <source>Recompute activations for the gradient instead of keeping them: less memory, more time</source>
        <translation>Aktivierungen für den Gradienten neu berechnen statt aufheben: weniger Speicher, mehr Zeit</translation>
    </message>
    <message>
        <source>VAE tiling</source>
        <translation>VAE in Kacheln</translation>
    </message>
    <message>
        <source>Encode and decode large pictures in overlapping tiles: less memory, more time</source>
        <translation>Große Bilder in überlappenden Kacheln kodieren und dekodieren: weniger Speicher, mehr Zeit</translation>
    </message>
    <message>
        <source>Encoder refinements</source>
        <translation>Encoder verfeinern</translation>
    </message>
    <message>
        <source>Corrections z + (E(x) - E(D(z))) that encode more exactly, each one more decoding and encoding: repeated round trips no longer drift, but errors of the data step stay, too</source>
        <translation>Korrekturen z + (E(x) - E(D(z))), die genauer kodieren, je eine weitere Dekodierung und Kodierung: wiederholte Rundreisen driften nicht mehr, aber auch Fehler des Datenschritts bleiben</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>Record the networks as CUDA graphs: less time where a GPU waits for the processor, more memory</source>
        <translation>Netze als CUDA-Graphen aufzeichnen: weniger Zeit, wo die GPU auf den Prozessor wartet, mehr Speicher</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Work on this part of the photo: width, height, and its left and upper edge in pixels, such as 640x480+100+50; default: the whole photo</source>
        <translation>Diesen Ausschnitt des Fotos bearbeiten: Breite, Höhe, linker und oberer Rand in Pixeln, etwa 640x480+100+50; Vorgabe: das ganze Foto</translation>
    </message>
    <message>
        <source>Working size</source>
        <translation>Arbeitsgröße</translation>
    </message>
    <message>
        <source>Cut the centre square of the photo, or of its crop, and resize it to N x N first; 0: as it is</source>
        <translation>Zuerst das Quadrat der Mitte des Fotos oder seines Ausschnitts ausschneiden und auf N x N bringen; 0: wie es ist</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Text to start from; empty: the null prompt</source>
        <translation>Text, mit dem begonnen wird; leer: der leere Prompt</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>Embedding to start from in place of a text, as --save-embedding writes it; or a textual inversion (safetensors), whose word may stand in --prompt</source>
        <translation>Einbettung, mit der statt eines Textes begonnen wird, wie --save-embedding sie schreibt; oder eine Textual Inversion (safetensors), deren Wort in --prompt stehen darf</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto (default), cpu, cuda:N or mps</source>
        <translation>auto (Vorgabe), cpu, cuda:N oder mps</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Max. Speicher</translation>
    </message>
    <message>
        <source>Memory limit, such as 8G or 900M: chooses precision, checkpointing and tiling to fit, where they are not given; default: no limit</source>
        <translation>Speichergrenze, etwa 8G oder 900M: wählt Genauigkeit, Checkpointing und Kacheln passend, wo sie nicht angegeben sind; Vorgabe: keine Grenze</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>PSNR (dB)</source>
        <translation>PSNR (dB)</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>MS-SSIM</source>
        <translation>MS-SSIM</translation>
    </message>
    <message>
        <source>LPIPS (Alex)</source>
        <translation>LPIPS (Alex)</translation>
    </message>
    <message>
        <source>LPIPS (VGG)</source>
        <translation>LPIPS (VGG)</translation>
    </message>
    <message>
        <source>FID</source>
        <translation>FID</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Deviation of the measurement&apos;s noise. Larger says less about the picture.</source>
        <translation>Abweichung des Rauschens der Messung. Größer sagt weniger über das Bild.</translation>
    </message>
    <message>
        <source>P2L without projection and prompt tuning: a DDIM step, then a gradient step on the data residual.</source>
        <translation>P2L ohne Projektion und ohne Anpassen des Prompts: ein DDIM-Schritt, dann ein Gradientenschritt auf das Residuum.</translation>
    </message>
    <message>
        <source>ρ is P2L&apos;s, not the one that suits LDPS alone best.</source>
        <translation>ρ ist das von P2L, nicht das für LDPS allein beste.</translation>
    </message>
    <message>
        <source>+ prompt tuning alone</source>
        <translation>+ nur Prompt anpassen</translation>
    </message>
    <message>
        <source>The prompt is tuned, and nothing is projected.</source>
        <translation>Der Prompt wird angepasst, projiziert wird nichts.</translation>
    </message>
    <message>
        <source>K = %1.</source>
        <translation>K = %1.</translation>
    </message>
    <message>
        <source>+ projection to the encoder&apos;s range</source>
        <translation>+ Projektion auf das Bild des Encoders</translation>
    </message>
    <message>
        <source>Estimates are decoded and encoded again as they are.</source>
        <translation>Schätzungen werden dekodiert und unverändert neu kodiert.</translation>
    </message>
    <message>
        <source>+ projection onto the data</source>
        <translation>+ Projektion auf die Daten</translation>
    </message>
    <message>
        <source>Estimates are projected onto the data as pictures and encoded again.</source>
        <translation>Schätzungen werden als Bilder auf die Daten projiziert und neu kodiert.</translation>
    </message>
    <message>
        <source>+ prompt tuning = P2L</source>
        <translation>+ Prompt anpassen = P2L</translation>
    </message>
    <message>
        <source>The prompt is tuned as well.</source>
        <translation>Auch der Prompt wird angepasst.</translation>
    </message>
    <message>
        <source>P2L without projection and prompt tuning: a DDIM step, then a step along the history gradient.</source>
        <translation>P2L ohne Projektion und ohne Anpassen des Prompts: ein DDIM-Schritt, dann ein Schritt entlang des gemittelten Gradienten.</translation>
    </message>
    <message>
        <source>ρ is P2L&apos;s, not the one that suits LDIR alone best.</source>
        <translation>ρ ist das von P2L, nicht das für LDIR allein beste.</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>wenige Sekunden</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>at most about %1 s</source>
        <translation>höchstens etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>at most about %1 min</source>
        <translation>höchstens etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
    <message>
        <source>at most about %1 h</source>
        <translation>höchstens etwa %1 h</translation>
    </message>
    <message>
        <source>about %1 days</source>
        <translation>etwa %1 Tage</translation>
    </message>
    <message>
        <source>at most about %1 days</source>
        <translation>höchstens etwa %1 Tage</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>Residual / noise</source>
        <translation>Residuum / Rauschen</translation>
    </message>
    <message>
        <source>Evaluations</source>
        <translation>Auswertungen</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>s / step</source>
        <translation>s / Schritt</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>any factor</source>
        <translation>beliebiger Faktor</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>bikubisch</translation>
    </message>
    <message>
        <source>The picture is noisy and nothing else: A x = x. The standard deviation σ of the noise says how much is removed.</source>
        <translation>Das Bild ist nur verrauscht: A x = x. Die Standardabweichung σ des Rauschens sagt, wie viel entfernt wird.</translation>
    </message>
    <message>
        <source>How much of the last picture comes from the model&apos;s second decoder, which is trained on how pictures look: 0, the faithful one that the steps use; 1, sharper, with texture that is made up. No effect on models without a second decoder.</source>
        <translation>Wie viel vom letzten Bild aus dem zweiten Decoder des Modells kommt, der darauf trainiert ist, wie Bilder aussehen: 0, der treue, den die Schritte nehmen; 1, schärfer, mit erfundener Textur. Ohne Wirkung bei Modellen ohne zweiten Decoder.</translation>
    </message>
    <message>
        <source>The painted mask or the kernel of this photo is not used: each photo gets its own, drawn by the seed.</source>
        <translation>Die gemalte Maske oder der Faltungskern dieses Fotos wird nicht verwendet: jedes Foto bekommt einen eigenen, aus dem Startwert gezogen.</translation>
    </message>
    <message>
        <source>The crop is not used: photos are taken whole.</source>
        <translation>Der Ausschnitt wird nicht verwendet: Fotos werden ganz genommen.</translation>
    </message>
    <message>
        <source>All rows have one seed; runs that differ in their seeds alone become alike.</source>
        <translation>Alle Zeilen haben denselben Startwert; Läufe, die sich nur darin unterscheiden, werden gleich.</translation>
    </message>
    <message>
        <source>PSNR to reference (dB)</source>
        <translation>PSNR zur Referenz (dB)</translation>
    </message>
    <message>
        <source>SSIM to reference</source>
        <translation>SSIM zur Referenz</translation>
    </message>
    <message>
        <source>LPIPS to reference</source>
        <translation>LPIPS zur Referenz</translation>
    </message>
    <message>
        <source>Spread, surest tenth</source>
        <translation>Streuung, sicherstes Zehntel</translation>
    </message>
    <message>
        <source>Error, surest tenth</source>
        <translation>Fehler, sicherstes Zehntel</translation>
    </message>
    <message>
        <source>Spread, least sure tenth</source>
        <translation>Streuung, unsicherstes Zehntel</translation>
    </message>
    <message>
        <source>Error, least sure tenth</source>
        <translation>Fehler, unsicherstes Zehntel</translation>
    </message>
    <message>
        <source>Drag the noise and the step size, or choose another solver: new particles follow.</source>
        <translation>An Rauschen und Schrittweite ziehen oder einen anderen Löser wählen: neue Partikel folgen.</translation>
    </message>
    <message>
        <source>Prior times likelihood is the posterior (orange), which is exact here. Each dot is a run of a real solver with a seed of its own, on the exact denoiser: ΠGDM answers the questions, and others can be chosen under the plane.</source>
        <translation>Vorwissen mal Likelihood ist die A-posteriori-Dichte (orange), hier exakt. Jeder Punkt ist ein Lauf eines echten Lösers mit eigenem Startwert, mit dem exakten Entrauscher: ΠGDM beantwortet die Fragen, andere lassen sich unter der Ebene wählen.</translation>
    </message>
    <message>
        <source>It has {changed.hill3:0} % of the particles; exact are {changed.exact3:0} %. The solver thinks that it knows less than it does, and trusts the measurement too much: they miss y by {changed.misfit:2}, though its noise is 1. A solver draws from the posterior only as far as what it assumes is true. DPS and DDS do not ask how noisy y is: with σ = 1 they, too, leave the third hill empty.</source>
        <translation>Er hat {changed.hill3:0} % der Partikel; exakt sind {changed.exact3:0} %. Der Löser glaubt, weniger zu wissen, als er weiß, und vertraut der Messung zu sehr: sie verfehlen y um {changed.misfit:2}, obwohl sein Rauschen 1 ist. Ein Löser zieht nur so weit aus der A-posteriori-Verteilung, wie seine Annahmen stimmen. DPS und DDS fragen nicht, wie verrauscht y ist: auch sie lassen den dritten Hügel bei σ = 1 leer.</translation>
    </message>
    <message>
        <source>Go through a step line by line and watch the residual fall in the green tile and come back a little in the purple one: the autoencoder does not give back exactly what it was given. In the plot the green curve runs far below the blue one; when something is changed, the lesson&apos;s own curves stay, dashed.</source>
        <translation>Einen Schritt Zeile für Zeile durchgehen und zusehen, wie das Residuum in der grünen Kachel fällt und in der violetten ein wenig zurückkommt: der Autoencoder gibt nicht genau zurück, was er bekommt. Im Diagramm liegt die grüne Kurve weit unter der blauen; ändert sich etwas, so bleiben die Kurven der Lektion gestrichelt stehen.</translation>
    </message>
    <message>
        <source>The network listens to a text, through its embedding C. P2L starts from the empty text and lets K small steps change C in every step of the sampler (line 2), so that the estimate fits the measurement. The sentence under the tiles says how far it has moved.</source>
        <translation>Das Netz hört auf einen Text, durch dessen Einbettung C. P2L beginnt mit dem leeren Text und lässt K kleine Schritte C in jedem Schritt des Samplers ändern (Zeile 2), sodass die Schätzung zur Messung passt. Der Satz unter den Kacheln sagt, wie weit C sich bewegt hat.</translation>
    </message>
    <message>
        <source>Watch the blue tile: there are colours without a shape at first, and about half-way the cup stands there. The green tile has the measured cup around the scratch. What lies behind the scratch is the model&apos;s own: of the spoon in the photo y has kept no trace.</source>
        <translation>Die blaue Kachel zeigt zuerst Farben ohne Form, und etwa auf halbem Weg steht die Tasse da. Die grüne Kachel hat um den Kratzer die gemessene Tasse. Was hinter dem Kratzer liegt, ist vom Modell: vom Löffel im Foto hat y keine Spur behalten.</translation>
    </message>
    <message>
        <source>What the tuned prompt says can be seen: Figures, Tuned prompt, Draw makes pictures from the model with it alone (the paper&apos;s Fig. 12). They come over the tiles, and into the export.</source>
        <translation>Was der angepasste Prompt sagt, lässt sich sehen: „Bilder …“, „Angepasster Prompt“, „Zeichnen“ macht mit ihm allein Bilder aus dem Modell (Abb. 12 des Artikels). Sie kommen über die Kacheln und in den Export.</translation>
    </message>
    <message>
        <source>{base.psnr:2} dB with K = 0 and {changed.psnr:2} dB with K = 3; look behind the scratch: there is another shadow, and no spoon. The paper&apos;s gain is with Stable Diffusion, which has learnt far more from texts; its Table 3 tells what the prompt and the projection bring each.</source>
        <translation>{base.psnr:2} dB mit K = 0 und {changed.psnr:2} dB mit K = 3; hinter dem Kratzer ist ein anderer Schatten und kein Löffel. Der Gewinn im Artikel ist mit Stable Diffusion, das weit mehr aus Texten gelernt hat; Tabelle 3 sagt dort, was Prompt und Projektion je bringen.</translation>
    </message>
    <message>
        <source>The grey square hides an eye of the cat. Around it every run shows the same fur; inside of it each run has other patches of colour, and in their mean these cancel to a blur.</source>
        <translation>Das graue Quadrat verdeckt ein Auge der Katze. Um das Quadrat zeigt jeder Lauf dasselbe Fell; darin hat jeder andere Farbflecken, und im Mittel verschwimmen sie.</translation>
    </message>
    <message>
        <source>Spread and error are shown as heat on one scale: black is 0, then red and yellow, and white is the largest. Where the spread stays dark, the runs agree: that was measured, or is so of all photos. Where it glows, in the square, they differ: that is invented. The error, which nobody knows of a photo of one&apos;s own, glows in the same place.</source>
        <translation>Streuung und Fehler sind als Wärmebild auf einer Skala gezeigt: Schwarz ist 0, dann Rot und Gelb, und Weiß ist am größten. Wo die Streuung dunkel bleibt, sind sich die Läufe einig: das ist gemessen oder bei allen Fotos so. Wo sie glüht, im Quadrat, unterscheiden sie sich: das ist erfunden. Der Fehler, den bei einem eigenen Foto niemand kennt, glüht an derselben Stelle.</translation>
    </message>
    <message>
        <source>Only the part under the mask was restored; all other pixels are the photo&apos;s own</source>
        <translation>Nur der Teil unter der Maske wurde restauriert; alle anderen Pixel sind die des Fotos</translation>
    </message>
</context>
<context>
    <name>p2l::app::Studio</name>
    <message>
        <source>Keep the settings under a name; rename, delete and export such presets</source>
        <translation>Einstellungen unter einem Namen speichern; solche Voreinstellungen umbenennen, löschen und exportieren</translation>
    </message>
    <message>
        <source>Presets of your &amp;own…</source>
        <translation>Eige&amp;ne Voreinstellungen …</translation>
    </message>
    <message>
        <source>queue: %1</source>
        <translation>Warteschlange: %1</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, noch %2</translation>
    </message>
    <message>
        <source>The comparison of that session is on the page Compare.</source>
        <translation>Der Vergleich jener Sitzung ist auf der Seite „Vergleich“.</translation>
    </message>
</context>
<context>
    <name>p2l::ui</name>
    <message>
        <source>Neither runs nor unsaved work can be kept, because the folder %1 cannot be written to: make it writable, or start the studio with XDG_DATA_HOME set to a folder that is.</source>
        <translation>Weder Läufe noch Ungesichertes werden behalten, weil in den Ordner %1 nicht geschrieben werden kann: ihn beschreibbar machen, oder das Studio mit XDG_DATA_HOME auf einem beschreibbaren Ordner starten.</translation>
    </message>
    <message>
        <source>, autoencoder %1</source>
        <translation>, Autoencoder %1</translation>
    </message>
    <message>
        <source> (measurement %1%2)</source>
        <translation> (Messung %1%2)</translation>
    </message>
    <message>
        <source> (Telea&apos;s fill %1%2)</source>
        <translation> (Füllung nach Telea %1%2)</translation>
    </message>
    <message>
        <source>measured pixels kept</source>
        <translation>gemessene Pixel behalten</translation>
    </message>
    <message>
        <source>residual %1 (noise %2)</source>
        <translation>Residuum %1 (Rauschen %2)</translation>
    </message>
    <message>
        <source>result&apos;s residual %1</source>
        <translation>Residuum des Ergebnisses %1</translation>
    </message>
    <message>
        <source>result&apos;s residual %1 (noise %2)</source>
        <translation>Residuum des Ergebnisses %1 (Rauschen %2)</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Part · %1</source>
        <translation>Ausschnitt · %1</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>on</translation>
    </message>
    <message>
        <source>noise %1 → %2</source>
        <translation>Rauschen %1 → %2</translation>
    </message>
    <message>
        <source>prompt “%1”</source>
        <translation>Prompt „%1“</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1, %2 dB</source>
        <translation>%1, %2 dB</translation>
    </message>
    <message>
        <source>%1, residual %2</source>
        <translation>%1, Residuum %2</translation>
    </message>
    <message>
        <source>Result, %1 dB</source>
        <translation>Ergebnis, %1 dB</translation>
    </message>
    <message>
        <source>Measurement</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Restauriert</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>Rauschpegel</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>Noch einmal rechnen</translation>
    </message>
    <message>
        <source>This file holds the photo, and the restored picture with its request, mask and kernel. The command takes them out of it.</source>
        <translation>Diese Datei enthält das Foto und das restaurierte Bild mit Auftrag, Maske und Faltungskern. Der Befehl liest sie daraus.</translation>
    </message>
    <message>
        <source>Or save the photo and the restored picture, by a click on each, and run it from these files.</source>
        <translation>Oder Foto und restauriertes Bild durch je einen Klick speichern und mit diesen Dateien rechnen.</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>Der Auftrag</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>eine Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>eines von %1</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>an oder aus</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a file or folder</source>
        <translation>eine Datei oder ein Ordner</translation>
    </message>
    <message>
        <source>step %1 of %2, t = %3; residual %4, projected %5, encoded again %6</source>
        <translation>Schritt %1 von %2, t = %3; Residuum %4, projiziert %5, neu kodiert %6</translation>
    </message>
    <message>
        <source>See what came out</source>
        <translation>Ergebnis ansehen</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>Schritt für Schritt</translation>
    </message>
    <message>
        <source>Measured with P2L Studio %1; solver %2, %3, seed %4.</source>
        <translation>Gemessen mit P2L Studio %1; Löser %2, %3, Startwert %4.</translation>
    </message>
    <message>
        <source>noisy state</source>
        <translation>verrauschter Zustand</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>gradient of the residual</source>
        <translation>Gradient des Residuums</translation>
    </message>
    <message>
        <source>projected onto the data</source>
        <translation>auf die Daten projiziert</translation>
    </message>
    <message>
        <source>encoded again</source>
        <translation>neu kodiert</translation>
    </message>
    <message>
        <source>the next step&apos;s</source>
        <translation>nächster Schritt</translation>
    </message>
    <message>
        <source>About P2L Studio</source>
        <translation>Über P2L Studio</translation>
    </message>
    <message>
        <source>&lt;h3&gt;P2L Studio %1&lt;/h3&gt;&lt;p&gt;Photo restoration with latent diffusion models, after H. Chung, J. C. Ye, P. Milanfar and M. Delbracio, &lt;i&gt;Prompt-tuning Latent Diffusion Models for Inverse Problems&lt;/i&gt;, ICML 2024.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;&lt;p&gt;Built with Qt %2 (LGPL-3), QCustomPlot (GPL-3), LibTorch (BSD-3), OpenCV (Apache-2), Exiv2 (GPL-2+), Little CMS (MIT), libwebp (BSD-3), LibTIFF (libtiff), libarchive (BSD-2), ICU (Unicode), JSON for Modern C++ (MIT), CLI11 (BSD-3).&lt;/p&gt;&lt;p&gt;The models p2l-tiny and p2l-tiny-pixel are under CC BY-SA 4.0. The sample photo Chelsea is by Stéfan van der Walt (CC0).&lt;/p&gt;</source>
        <translation>&lt;h3&gt;P2L Studio %1&lt;/h3&gt;&lt;p&gt;Restauriert Fotos mit latenten Diffusionsmodellen, nach H. Chung, J. C. Ye, P. Milanfar und M. Delbracio, &lt;i&gt;Prompt-tuning Latent Diffusion Models for Inverse Problems&lt;/i&gt;, ICML 2024.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;&lt;p&gt;Gebaut mit Qt %2 (LGPL-3), QCustomPlot (GPL-3), LibTorch (BSD-3), OpenCV (Apache-2), Exiv2 (GPL-2+), Little CMS (MIT), libwebp (BSD-3), LibTIFF (libtiff), libarchive (BSD-2), ICU (Unicode), JSON for Modern C++ (MIT), CLI11 (BSD-3).&lt;/p&gt;&lt;p&gt;Die Modelle p2l-tiny und p2l-tiny-pixel stehen unter CC BY-SA 4.0. Das Beispielfoto Chelsea ist von Stéfan van der Walt (CC0).&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>Lizenzen …</translation>
    </message>
    <message>
        <source>P2L Studio and its parts</source>
        <translation>P2L Studio und seine Teile</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Parts of the program</source>
        <translation>Teile des Programms</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>panel</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>With the values in the panel.</source>
        <translation>Mit den Werten im Feld.</translation>
    </message>
    <message>
        <source>With the preset %1.</source>
        <translation>Mit der Voreinstellung %1.</translation>
    </message>
    <message>
        <source>With the solver&apos;s defaults.</source>
        <translation>Mit den Vorgaben des Lösers.</translation>
    </message>
    <message>
        <source>With the preset %1 (%2).</source>
        <translation>Mit der Voreinstellung %1 (%2).</translation>
    </message>
    <message>
        <source>%1 with the values in the panel but %2.</source>
        <translation>%1 mit den Werten im Feld, aber %2.</translation>
    </message>
    <message>
        <source>%1 must be %2, found %3.</source>
        <translation>%1 muss %2 sein, gefunden: %3.</translation>
    </message>
    <message>
        <source>A sweep of %1 takes %2 values at most, found %3.</source>
        <translation>Eine Wertereihe von %1 nimmt höchstens %2 Werte, gefunden: %3.</translation>
    </message>
    <message>
        <source>A sweep of %1 takes values that differ, found %2 more than once.</source>
        <translation>Eine Wertereihe von %1 nimmt verschiedene Werte, mehrfach gefunden: %2.</translation>
    </message>
    <message>
        <source>A sweep of %1 takes values such as %2, found none.</source>
        <translation>Eine Wertereihe von %1 nimmt Werte wie %2, gefunden: keine.</translation>
    </message>
    <message>
        <source>%1 takes factors such as x0.5, found %2.</source>
        <translation>%1 nimmt Faktoren wie x0,5, gefunden: %2.</translation>
    </message>
    <message>
        <source>The settings in the panel from another start.</source>
        <translation>Die Einstellungen im Feld mit anderem Startwert.</translation>
    </message>
    <message>
        <source>whole photo</source>
        <translation>ganzes Foto</translation>
    </message>
    <message>
        <source>Quit P2L Studio?</source>
        <translation>P2L Studio beenden?</translation>
    </message>
    <message>
        <source>Quitting would lose this:</source>
        <translation>Beim Beenden ginge verloren:</translation>
    </message>
    <message>
        <source>Quitting would lose these:</source>
        <translation>Beim Beenden gingen verloren:</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern …</translation>
    </message>
    <message>
        <source>&amp;Quit anyway</source>
        <translation>Trotzdem &amp;beenden</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>Strips</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Tuned prompt</source>
        <translation>Angepasster Prompt</translation>
    </message>
    <message>
        <source>Empty text</source>
        <translation>Leerer Text</translation>
    </message>
    <message>
        <source>The restored photo</source>
        <translation>Das restaurierte Foto</translation>
    </message>
    <message>
        <source>Strip</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>Ein Schritt</translation>
    </message>
    <message>
        <source>Mean and spread</source>
        <translation>Mittel und Streuung</translation>
    </message>
    <message>
        <source>Does the spread tell the error?</source>
        <translation>Verrät die Streuung den Fehler?</translation>
    </message>
    <message>
        <source>What averaging gains</source>
        <translation>Was das Mitteln bringt</translation>
    </message>
    <message>
        <source>Evolution</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Figs. 2-3</source>
        <translation>Abb. 2-3</translation>
    </message>
    <message>
        <source>The estimates of several solvers over t, from the same measurement and the same noise.</source>
        <translation>Die Schätzungen mehrerer Löser über t, aus derselben Messung und demselben Rauschen.</translation>
    </message>
    <message>
        <source>Fig. 12</source>
        <translation>Abb. 12</translation>
    </message>
    <message>
        <source>Pictures that the model draws from the prompt that the run has tuned, without the measurement, and from the empty text. A solver that tunes no prompt makes room for P2L with K = 3.</source>
        <translation>Bilder, die das Modell ohne die Messung aus dem angepassten Prompt des Laufs zeichnet, und aus dem leeren Text. Ein Löser, der keinen Prompt anpasst, macht P2L mit K = 3 Platz.</translation>
    </message>
    <message>
        <source>Round trips</source>
        <translation>Rundreisen</translation>
    </message>
    <message>
        <source>Figs. 13-14</source>
        <translation>Abb. 13-14</translation>
    </message>
    <message>
        <source>The photo encoded and decoded again and again: what the autoencoder loses. And the same with the measurement glued in before each trip.</source>
        <translation>Das Foto immer wieder kodiert und dekodiert: was der Autoencoder verliert. Und dasselbe, wenn vor jeder Reise die Messung eingeklebt wird.</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>Projektion</translation>
    </message>
    <message>
        <source>Alg. 1, lines 6-7</source>
        <translation>Alg. 1, Zeilen 6-7</translation>
    </message>
    <message>
        <source>The residual of every step before the projection, after it, and when it was encoded again.</source>
        <translation>Das Residuum jedes Schritts vor der Projektion, danach und neu kodiert.</translation>
    </message>
    <message>
        <source>Spread map</source>
        <translation>Karte der Streuung</translation>
    </message>
    <message>
        <source>Six runs of one measurement: their mean, where they differ, and whether the spread tells the error.</source>
        <translation>Sechs Läufe einer Messung: ihr Mittel, wo sie sich unterscheiden und ob die Streuung den Fehler verrät.</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Bilder (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>projected</source>
        <translation>projiziert</translation>
    </message>
    <message>
        <source>encoded</source>
        <translation>kodiert</translation>
    </message>
    <message>
        <source>next</source>
        <translation>nächster</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>a = %1: x has moved by %2, y by %3</source>
        <translation>a = %1: x hat sich um %2 bewegt, y um %3</translation>
    </message>
    <message>
        <source>Drag along what A destroys</source>
        <translation>Entlang dessen ziehen, was A zerstört</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>das Bild</translation>
    </message>
    <message>
        <source>its measurement</source>
        <translation>seine Messung</translation>
    </message>
    <message>
        <source>The noise alone would leave %1.</source>
        <translation>Das Rauschen allein ließe %1.</translation>
    </message>
    <message>
        <source>Its picture then misses the measurement by %1, before by %2.</source>
        <translation>Sein Bild verfehlt die Messung dann um %1, vorher um %2.</translation>
    </message>
    <message>
        <source>The projection cut the residual from %1 to %2; encoding it again brought it back to %3.</source>
        <translation>Die Projektion hat das Residuum von %1 auf %2 gesenkt; das neue Kodieren hat es wieder auf %3 gebracht.</translation>
    </message>
    <message>
        <source>The projection cut the residual from %1 to %2.</source>
        <translation>Die Projektion hat das Residuum von %1 auf %2 gesenkt.</translation>
    </message>
    <message>
        <source>It misses the measurement by %1.</source>
        <translation>Es verfehlt die Messung um %1.</translation>
    </message>
    <message>
        <source>The gradient has the length %1; white is where it is largest.</source>
        <translation>Der Gradient hat die Länge %1; Weiß ist, wo er am größten ist.</translation>
    </message>
    <message>
        <source>The prompt has moved by %1 from where it began.</source>
        <translation>Der Prompt hat sich um %1 von seinem Anfang entfernt.</translation>
    </message>
    <message>
        <source>It goes from t = %1 to t = %2.</source>
        <translation>Es geht von t = %1 zu t = %2.</translation>
    </message>
    <message>
        <source>on its way…</source>
        <translation>unterwegs …</translation>
    </message>
    <message>
        <source>after the first step</source>
        <translation>nach dem ersten Schritt</translation>
    </message>
    <message>
        <source>not in this step</source>
        <translation>nicht in diesem Schritt</translation>
    </message>
    <message>
        <source>the next step has not been made yet</source>
        <translation>der nächste Schritt fehlt noch</translation>
    </message>
    <message>
        <source>not kept of this run</source>
        <translation>von diesem Lauf nicht aufgehoben</translation>
    </message>
    <message>
        <source>not taken: ρ = 0</source>
        <translation>nicht berechnet: ρ = 0</translation>
    </message>
    <message>
        <source>this solver shows none</source>
        <translation>dieser Löser zeigt keinen</translation>
    </message>
    <message>
        <source>no step yet</source>
        <translation>noch kein Schritt</translation>
    </message>
    <message>
        <source>step %1 of %2, t = %3</source>
        <translation>Schritt %1 von %2, t = %3</translation>
    </message>
    <message>
        <source>Algorithm 1</source>
        <translation>Algorithmus 1</translation>
    </message>
    <message>
        <source>Not in this step.</source>
        <translation>Nicht in diesem Schritt.</translation>
    </message>
    <message>
        <source>Here the prompt stays as it is.</source>
        <translation>Hier bleibt der Prompt, wie er ist.</translation>
    </message>
    <message>
        <source>%1 particles at t = %2</source>
        <translation>%1 Partikel bei t = %2</translation>
    </message>
    <message>
        <source>Particles from noise to result</source>
        <translation>Partikel vom Rauschen bis zum Ergebnis</translation>
    </message>
    <message>
        <source>prior, measurement and posterior</source>
        <translation>Vorwissen, Messung und A-posteriori-Dichte</translation>
    </message>
    <message>
        <source>Play the particles, or pause</source>
        <translation>Partikel abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Step of the particles</source>
        <translation>Schritt der Partikel</translation>
    </message>
    <message>
        <source>part %1</source>
        <translation>Ausschnitt %1</translation>
    </message>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>size %1 → %2</source>
        <translation>Größe %1 → %2</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>residual %1</source>
        <translation>Residuum %1</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Result, %1</source>
        <translation>Ergebnis, %1</translation>
    </message>
    <message>
        <source>Save %1?</source>
        <translation>%1 speichern?</translation>
    </message>
    <message>
        <source>&amp;Save all the same</source>
        <translation>&amp;Trotzdem speichern</translation>
    </message>
    <message>
        <source>Comparison: %1</source>
        <translation>Vergleich: %1</translation>
    </message>
    <message>
        <source>Save the files that are named below the pictures, which hold the requests, masks and kernels, and the photo:</source>
        <translation>Die Dateien speichern, die unter den Bildern stehen und Auftrag, Maske und Faltungskern enthalten, und das Foto:</translation>
    </message>
    <message>
        <source>On other photos</source>
        <translation>Auf anderen Fotos</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>cyan</source>
        <translation>Cyan</translation>
    </message>
</context>
<context>
    <name>p2l::ui::Bench</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show the settings over the photo; Escape closes them</source>
        <translation>Einstellungen über dem Foto zeigen; Esc schließt sie</translation>
    </message>
    <message>
        <source>Curves ▴</source>
        <translation>Kurven ▴</translation>
    </message>
    <message>
        <source>The run&apos;s numbers over its steps, in a drawer (F4)</source>
        <translation>Die Zahlen des Laufs über seine Schritte, in einem Fach (F4)</translation>
    </message>
    <message>
        <source>Log ▴</source>
        <translation>Protokoll ▴</translation>
    </message>
    <message>
        <source>What has happened, in a drawer</source>
        <translation>Was geschehen ist, in einem Fach</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Curves ▾</source>
        <translation>Kurven ▾</translation>
    </message>
    <message>
        <source>Log ▾</source>
        <translation>Protokoll ▾</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CanvasBar</name>
    <message>
        <source>Picture of a step</source>
        <translation>Bild eines Schritts</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>What the photo looks like by now: D(ẑ₀) of the step</source>
        <translation>Wie das Foto inzwischen aussieht: D(ẑ₀) des Schritts</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>The noisy state that is being denoised: D(z_t) of the step, one more decoding for each picture</source>
        <translation>Der verrauschte Zustand, der entrauscht wird: D(z_t) des Schritts, je Bild eine weitere Dekodierung</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Before and after with a divider (Alt+1)</source>
        <translation>Vorher und nachher mit Trennlinie (Alt+1)</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Neben</translation>
    </message>
    <message>
        <source>Before beside after (Alt+2)</source>
        <translation>Vorher neben nachher (Alt+2)</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>Before and after in turn (Alt+5); S while held</source>
        <translation>Vorher und nachher abwechselnd (Alt+5); S, solange gehalten</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>What has changed, four times as bright (Alt+6)</source>
        <translation>Was sich geändert hat, viermal so hell (Alt+6)</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>What the picture before is</source>
        <translation>Welches Bild das vorherige ist</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>The whole picture (Ctrl+0); double-click: 100 %</source>
        <translation>Das ganze Bild (Strg+0); Doppelklick: 100 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Vorher: %1</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>One picture alone, and what has no room in this bar</source>
        <translation>Ein Bild allein, und was in dieser Leiste keinen Platz hat</translation>
    </message>
    <message>
        <source>Result only</source>
        <translation>Nur das Ergebnis</translation>
    </message>
    <message>
        <source>Before only</source>
        <translation>Nur das Bild davor</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CanvasPresenter</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Measurement</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>%1 · %2 dB</source>
        <translation>%1 · %2 dB</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Diverged in step %1</source>
        <translation>Divergiert in Schritt %1</translation>
    </message>
    <message>
        <source>Stopped after step %1</source>
        <translation>Gestoppt nach Schritt %1</translation>
    </message>
    <message>
        <source>%1 · former settings</source>
        <translation>%1 · frühere Einstellungen</translation>
    </message>
    <message>
        <source>%1; %2 is made up</source>
        <translation>%1; %2 ist erfunden</translation>
    </message>
    <message>
        <source>%1; its state needs the run&apos;s model, %2</source>
        <translation>%1; sein Zustand braucht das Modell der Rechnung, %2</translation>
    </message>
    <message>
        <source>Step %1 of %2 · noisy state</source>
        <translation>Schritt %1 von %2 · verrauschter Zustand</translation>
    </message>
    <message>
        <source>Step %1 of %2 · on its way…</source>
        <translation>Schritt %1 von %2 · unterwegs …</translation>
    </message>
    <message>
        <source>Step %1 of %2 · not kept of this run; this is the result</source>
        <translation>Schritt %1 von %2 · von diesem Lauf nicht aufgehoben; dies ist das Ergebnis</translation>
    </message>
    <message>
        <source>Step %1 of %2 · estimate</source>
        <translation>Schritt %1 von %2 · Schätzung</translation>
    </message>
    <message>
        <source>%1, enlarged</source>
        <translation>%1, vergrößert</translation>
    </message>
    <message>
        <source>%1; little is made up here (%2)</source>
        <translation>%1; hier ist wenig erfunden (%2)</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareCanvas</name>
    <message>
        <source>Pictures that are compared</source>
        <translation>Verglichene Bilder</translation>
    </message>
    <message>
        <source>%1, r = %2</source>
        <translation>%1, r = %2</translation>
    </message>
    <message>
        <source>99 % of all lie within</source>
        <translation>99 % von allem liegen darin</translation>
    </message>
    <message>
        <source>σ in grey levels</source>
        <translation>σ in Graustufen</translation>
    </message>
    <message>
        <source>Arrows move the area, Shift + arrows resize it, A lets it go, Esc takes it away.</source>
        <translation>Pfeile verschieben den Bereich, Umschalt + Pfeile ändern seine Größe, A lässt ihn los, Esc entfernt ihn.</translation>
    </message>
    <message>
        <source>A begins an area whose numbers are shown, or takes it up.</source>
        <translation>A beginnt einen Bereich, dessen Zahlen erscheinen, oder nimmt ihn auf.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareChip</name>
    <message>
        <source>The same run as chip %1, %2: it is made once.</source>
        <translation>Derselbe Lauf wie Chip %1, %2: Er wird einmal gerechnet.</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gerechnet</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>of other settings: Run all makes it again</source>
        <translation>aus anderen Einstellungen: „Alle starten“ rechnet es neu</translation>
    </message>
    <message>
        <source>of other settings</source>
        <translation>aus anderen Einstellungen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareChips</name>
    <message>
        <source>%1 (chip %2)</source>
        <translation>%1 (Chip %2)</translation>
    </message>
    <message>
        <source>Compared already, and not added again: %1.</source>
        <translation>Bereits im Vergleich und nicht noch einmal hinzugefügt: %1.</translation>
    </message>
    <message>
        <source>+ Solver</source>
        <translation>+ Löser</translation>
    </message>
    <message>
        <source>A solver, with the values that suit it or one of its presets</source>
        <translation>Ein Löser, mit passenden Werten oder einer seiner Voreinstellungen</translation>
    </message>
    <message>
        <source>+ Sweep</source>
        <translation>+ Reihe</translation>
    </message>
    <message>
        <source>The solver of the panel with several values of one setting</source>
        <translation>Der eingestellte Löser mit mehreren Werten einer Einstellung</translation>
    </message>
    <message>
        <source>%1 seeds</source>
        <translation>%1 Startwerte</translation>
    </message>
    <message>
        <source>+ Seeds</source>
        <translation>+ Startwerte</translation>
    </message>
    <message>
        <source>The same settings from several seeds, with their mean and spread</source>
        <translation>Dieselben Einstellungen mit mehreren Startwerten, mit Mittel und Streuung</translation>
    </message>
    <message>
        <source>+ History</source>
        <translation>+ Verlauf</translation>
    </message>
    <message>
        <source>A run of the history</source>
        <translation>Ein Lauf aus dem Verlauf</translation>
    </message>
    <message>
        <source>+ File…</source>
        <translation>+ Datei …</translation>
    </message>
    <message>
        <source>Pictures that were made elsewhere</source>
        <translation>Anderswo entstandene Bilder</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>From LDPS to P2L: the projection, then the prompt, switched on one after the other</source>
        <translation>Von LDPS zu P2L: die Projektion, dann der Prompt, nacheinander eingeschaltet</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei …</translation>
    </message>
    <message>
        <source>Ladder from LDPS to P2L</source>
        <translation>Leiter von LDPS zu P2L</translation>
    </message>
    <message>
        <source>+ Add</source>
        <translation>+ Neu</translation>
    </message>
    <message>
        <source>Add what is to be compared</source>
        <translation>Hinzufügen, was verglichen wird</translation>
    </message>
    <message>
        <source>All that can be run</source>
        <translation>Alles, was möglich ist</translation>
    </message>
    <message>
        <source>Another setting…</source>
        <translation>Andere Einstellung …</translation>
    </message>
    <message>
        <source>No run was made yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Sweep of a value</source>
        <translation>Reihe von Werten</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Values such as 0, 1, 3, names of choices, or factors of the panel&apos;s value: x0.5, x1, x2</source>
        <translation>Werte wie 0; 1; 3, Namen von Möglichkeiten oder Faktoren des eingestellten Werts: x0,5; x1; x2</translation>
    </message>
    <message>
        <source>1 run: %1</source>
        <translation>1 Lauf: %1</translation>
    </message>
    <message>
        <source>%1 runs: %2</source>
        <translation>%1 Läufe: %2</translation>
    </message>
    <message>
        <source>“0,5” is one value, but 0 and 5 of a setting of whole numbers; several have a space or a semicolon between them.</source>
        <translation>„0,5“ ist ein Wert, bei ganzen Zahlen aber 0 und 5; zwischen mehreren steht ein Leerzeichen oder ein Semikolon.</translation>
    </message>
    <message>
        <source>&amp;Setting</source>
        <translation>&amp;Einstellung</translation>
    </message>
    <message>
        <source>&amp;Values</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>Add pictures that were made elsewhere</source>
        <translation>Anderswo entstandene Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Compare the others with it</source>
        <translation>Die anderen damit vergleichen</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Diese Einstellungen nehmen</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>Noch einmal rechnen</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Line by line</source>
        <translation>Zeile für Zeile</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Erneut lesen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ComparePage</name>
    <message>
        <source>%1 The comparison&apos;s results are in memory alone until there is room: then they are kept.</source>
        <translation>%1 Die Ergebnisse des Vergleichs sind nur im Arbeitsspeicher, bis Platz ist: dann werden sie behalten.</translation>
    </message>
    <message>
        <source>Add solvers, a sweep, seeds, runs of the history or files above, or the ladder from LDPS to P2L in one click. Then Run all (F5).</source>
        <translation>Oben Löser, eine Reihe, Startwerte, Läufe aus dem Verlauf oder Dateien hinzufügen, oder mit einem Klick die Leiter von LDPS zu P2L. Dann „Alle starten“ (F5).</translation>
    </message>
    <message>
        <source>How the pictures are shown</source>
        <translation>Wie die Bilder gezeigt werden</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>One over the other, with dividers that come to a click</source>
        <translation>Übereinander, mit Trennlinien, die ein Klick holt</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>One at a time, at the same place: keys 1 to 9</source>
        <translation>Eines nach dem anderen am selben Ort: Tasten 1 bis 9</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>What differs from the reference, in false colours</source>
        <translation>Was von der Referenz abweicht, in Falschfarben</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Gegen</translation>
    </message>
    <message>
        <source>What the others are compared with</source>
        <translation>Womit die anderen verglichen werden</translation>
    </message>
    <message>
        <source>Kind of difference</source>
        <translation>Art der Differenz</translation>
    </message>
    <message>
        <source>How two pictures x and r are compared; means over the colours, on [0, 1]</source>
        <translation>Wie zwei Bilder x und r verglichen werden; Mittel über die Farben, auf [0, 1]</translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation>Bereich der Farben</translation>
    </message>
    <message>
        <source>The difference at which the colours end; smaller shows less</source>
        <translation>Die Differenz, bei der die Farben enden; kleiner zeigt feinere Unterschiede</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Which pictures are shown</source>
        <translation>Welche Bilder gezeigt werden</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Drag a rectangle: its numbers are shown for every picture (also Shift + drag).
By keys, on the pictures: A begins one, arrows move it, Shift + arrows resize it, Esc takes it away</source>
        <translation>Ein Rechteck ziehen: seine Zahlen erscheinen für jedes Bild (auch Umschalt + Ziehen).
Mit Tasten, auf den Bildern: A beginnt eines, Pfeile verschieben es, Umschalt + Pfeile ändern seine Größe, Esc entfernt es</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show the whole pictures (Ctrl+0)</source>
        <translation>Die Bilder ganz zeigen (Strg+0)</translation>
    </message>
    <message>
        <source>&amp;Linked</source>
        <translation>&amp;Gemeinsam</translation>
    </message>
    <message>
        <source>Zoom and pan all pictures together</source>
        <translation>Alle Bilder gemeinsam zoomen und verschieben</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Table and curves in place of the pictures</source>
        <translation>Tabelle und Kurven anstelle der Bilder</translation>
    </message>
    <message>
        <source>&lt;b&gt;Numbers&lt;/b&gt;</source>
        <translation>&lt;b&gt;Zahlen&lt;/b&gt;</translation>
    </message>
    <message>
        <source>S&amp;teps</source>
        <translation>&amp;Schritte</translation>
    </message>
    <message>
        <source>Steps of every run</source>
        <translation>Schritte jedes Laufs</translation>
    </message>
    <message>
        <source>Sampling steps of all runs; “as set” keeps each run&apos;s own number</source>
        <translation>Schritte des Samplers in allen Läufen; „wie eingestellt“ lässt jedem Lauf seine Zahl</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>wie eingestellt</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copy the table as it is sorted</source>
        <translation>Die Tabelle kopieren, wie sie sortiert ist</translation>
    </message>
    <message>
        <source>Text with tabs (Ctrl+C)</source>
        <translation>Text mit Tabulatoren (Strg+C)</translation>
    </message>
    <message>
        <source>The table is in the clipboard.</source>
        <translation>Die Tabelle ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>&amp;Repeat on a folder…</source>
        <translation>&amp;Ordner auswerten …</translation>
    </message>
    <message>
        <source>The same runs on many photos: an evaluation, with its recipe</source>
        <translation>Dieselben Läufe auf vielen Fotos: eine Auswertung samt Rezept</translation>
    </message>
    <message>
        <source>Save &amp;CSV…</source>
        <translation>&amp;CSV speichern …</translation>
    </message>
    <message>
        <source>All numbers with all digits, and what the runs were made with</source>
        <translation>Alle Zahlen mit allen Stellen, und womit die Läufe entstanden</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>A comparison of the studio</source>
        <translation>Ein Vergleich des Studios</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Zahlen speichern</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gerechnet</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Measurement (y)</source>
        <translation>Messung (y)</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Einfaches Bild</translation>
    </message>
    <message>
        <source>Autoencoder&apos;s bound</source>
        <translation>Grenze des Autoencoders</translation>
    </message>
    <message>
        <source>Spread: %1</source>
        <translation>Streuung: %1</translation>
    </message>
    <message>
        <source>%1 · %2 × %3, true pixels</source>
        <translation>%1 · %2 × %3, echte Pixel</translation>
    </message>
    <message>
        <source>Baseline: %1</source>
        <translation>Vergleichswert: %1</translation>
    </message>
    <message>
        <source>mean %1 · σ %2</source>
        <translation>Mittel %1 · σ %2</translation>
    </message>
    <message>
        <source>%1 grey levels</source>
        <translation>%1 Graustufen</translation>
    </message>
    <message>
        <source>mean %1 · σ %2 grey levels</source>
        <translation>Mittel %1 · σ %2 Graustufen</translation>
    </message>
    <message>
        <source>%1%2 vs %3</source>
        <translation>%1%2 zu %3</translation>
    </message>
    <message>
        <source>%1 from the reference</source>
        <translation>%1 zur Referenz</translation>
    </message>
    <message>
        <source>In the dashed area (%1 × %2 px at %3, %4): %5</source>
        <translation>Im gestrichelten Bereich (%1 × %2 px bei %3, %4): %5</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>
t = %1 · residual %2</source>
        <translation>
t = %1 · Residuum %2</translation>
    </message>
    <message>
        <source>%1, of other settings</source>
        <translation>%1, aus anderen Einstellungen</translation>
    </message>
    <message>
        <source>%1, stopped</source>
        <translation>%1, gestoppt</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>99 % of all pictures&apos; differences are within it</source>
        <translation>99 % der Unterschiede aller Bilder liegen darin</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>The step of a run line by line, with what each line makes</source>
        <translation>Der Schritt eines Laufs Zeile für Zeile, mit dem, was jede Zeile macht</translation>
    </message>
    <message>
        <source>Tr&amp;uth known</source>
        <translation>Original &amp;bekannt</translation>
    </message>
    <message>
        <source>On: the photo is the truth; it is degraded first, and PSNR, SSIM and LPIPS are known.
Off: the photo is damaged already; there is nothing to compare the results with but the measurement.</source>
        <translation>An: das Foto ist das Original; es wird erst verschlechtert, und PSNR, SSIM und LPIPS sind bekannt.
Aus: das Foto ist schon beschädigt; die Ergebnisse lassen sich nur mit der Messung vergleichen.</translation>
    </message>
    <message>
        <source>The picture is %1 × %2 pixels and the reference %3 × %4: choose a reference of the same size.</source>
        <translation>Das Bild hat %1 × %2 Pixel und die Referenz %3 × %4: eine gleich große wählen.</translation>
    </message>
    <message>
        <source>The evaluation of a folder has ended.</source>
        <translation>Die Auswertung eines Ordners ist zu Ende.</translation>
    </message>
    <message>
        <source>The evaluation of a folder in progress; finished runs are kept.</source>
        <translation>Die laufende Auswertung eines Ordners; fertige Läufe bleiben.</translation>
    </message>
    <message>
        <source>the result, at every t</source>
        <translation>das Ergebnis, bei jedem t</translation>
    </message>
    <message>
        <source>LPIPS is not measured: p2l metrics fetch brings its weights.</source>
        <translation>LPIPS wird nicht gemessen: p2l metrics fetch holt die Gewichte.</translation>
    </message>
    <message>
        <source>R&amp;eport…</source>
        <translation>Be&amp;richt …</translation>
    </message>
    <message>
        <source>Pictures, table and the commands that run all again, as one HTML file</source>
        <translation>Bilder, Tabelle und die Befehle, die alles noch einmal rechnen, als eine HTML-Datei</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.</source>
        <translation>Es gibt noch nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareRunBar</name>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alle starten</translation>
    </message>
    <message>
        <source>Run all that is not done yet</source>
        <translation>Alles rechnen, was noch nicht fertig ist</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the comparison and keep what is done</source>
        <translation>Vergleich stoppen und Fertiges behalten</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>Vorbereitung …</translation>
    </message>
    <message>
        <source>%1: step %2 of %3</source>
        <translation>%1: Schritt %2 von %3</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>Equal runs, done already: %1</source>
        <translation>Gleiche Läufe, schon fertig: %1</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Vergleichswert</translation>
    </message>
    <message>
        <source>Autoencoder&apos;s bound</source>
        <translation>Grenze des Autoencoders</translation>
    </message>
    <message>
        <source>Nothing to run yet</source>
        <translation>Noch nichts zu rechnen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>%1: measuring</source>
        <translation>%1: wird gemessen</translation>
    </message>
    <message>
        <source>Before it begins: how many runs, how long and how much memory all take. Then: the run, its step, the time left for all, the time elapsed, and seconds per step</source>
        <translation>Vor dem Beginn: wie viele Läufe, wie lange und wie viel Speicher alle brauchen. Danach: der Lauf, sein Schritt, die Restzeit für alle, die vergangene Zeit und Sekunden je Schritt</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareSession</name>
    <message>
        <source>Steps = %1 in place of each run&apos;s own: %2</source>
        <translation>Schritte = %1 anstelle der eigenen jedes Laufs: %2</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Vergleichswert</translation>
    </message>
    <message>
        <source>%1, stopped</source>
        <translation>%1, angehalten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: cannot be read</source>
        <translation>%1: nicht lesbar</translation>
    </message>
    <message>
        <source>Mean of %1 seeds</source>
        <translation>Mittel aus %1 Startwerten</translation>
    </message>
    <message>
        <source>What the seeds agree on was measured or is known of all photos; the rest is made up.</source>
        <translation>Worin die Startwerte übereinstimmen, das wurde gemessen oder ist von allen Fotos bekannt; der Rest ist erfunden.</translation>
    </message>
    <message>
        <source>Of the history.</source>
        <translation>Aus dem Verlauf.</translation>
    </message>
    <message>
        <source>Its picture was discarded to save memory: run it again.</source>
        <translation>Das Bild wurde verworfen, um Speicher zu sparen: neu starten.</translation>
    </message>
    <message>
        <source>A run is in progress in the main window: stop it or wait for it.</source>
        <translation>Im Hauptfenster läuft eine Rechnung: stoppen oder abwarten.</translation>
    </message>
    <message>
        <source>There is no picture yet: open one in the main window.</source>
        <translation>Noch kein Bild: im Hauptfenster eines öffnen.</translation>
    </message>
    <message>
        <source>There is nothing to compare yet: add solvers, a sweep or seeds.</source>
        <translation>Noch nichts zu vergleichen: Löser, eine Wertereihe oder Startwerte hinzufügen.</translation>
    </message>
    <message>
        <source>Everything is done: add a run, or change the settings.</source>
        <translation>Alles ist fertig: einen Lauf hinzufügen oder die Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Compared: %1</source>
        <translation>Verglichen: %1</translation>
    </message>
    <message>
        <source>Spread of %1 seeds, up to %2 grey levels.</source>
        <translation>Streuung aus %1 Startwerten, bis %2 Graustufen.</translation>
    </message>
    <message>
        <source>the measurement</source>
        <translation>die Messung</translation>
    </message>
    <message>
        <source>Baseline: %1</source>
        <translation>Vergleichswert: %1</translation>
    </message>
    <message>
        <source>Autoencoder&apos;s bound</source>
        <translation>Grenze des Autoencoders</translation>
    </message>
    <message>
        <source>add %1 to the comparison</source>
        <translation>%1 zum Vergleich hinzufügen</translation>
    </message>
    <message>
        <source>add runs to the comparison: %1</source>
        <translation>Läufe zum Vergleich hinzufügen: %1</translation>
    </message>
    <message>
        <source>add files to the comparison: %1</source>
        <translation>Dateien zum Vergleich hinzufügen: %1</translation>
    </message>
    <message>
        <source>take %1 out of the comparison</source>
        <translation>%1 aus dem Vergleich nehmen</translation>
    </message>
    <message>
        <source>clear the comparison</source>
        <translation>Vergleich leeren</translation>
    </message>
    <message>
        <source>%1 cannot be brought back: %2</source>
        <translation>%1 lässt sich nicht zurückholen: %2</translation>
    </message>
    <message>
        <source>bring back the comparison</source>
        <translation>Vergleich zurückholen</translation>
    </message>
    <message>
        <source>It is not in the history any more.</source>
        <translation>Das ist nicht mehr im Verlauf.</translation>
    </message>
    <message>
        <source>Calibration, surest tenth of the pixels: spread %1, error %2.</source>
        <translation>Kalibrierung, sicherstes Zehntel der Pixel: Streuung %1, Fehler %2.</translation>
    </message>
    <message>
        <source>Least sure tenth: spread %1, error %2.</source>
        <translation>Unsicherstes Zehntel: Streuung %1, Fehler %2.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareTable</name>
    <message>
        <source>In the tips of the names, for lack of room: %1</source>
        <translation>In den Tooltips der Namen, aus Platzmangel: %1</translation>
    </message>
    <message>
        <source>The true picture encoded and decoded, D(E(x)): it bounds latent solvers that do not end on the data. Runs with “End on the data” above 0 can pass it.</source>
        <translation>Das Original kodiert und dekodiert, D(E(x)): begrenzt latente Löser, die nicht auf den Daten enden. Läufe mit „Auf den Daten enden“ über 0 können darüber liegen.</translation>
    </message>
    <message>
        <source>; higher is better</source>
        <translation>; höher ist besser</translation>
    </message>
    <message>
        <source>; lower is better</source>
        <translation>; niedriger ist besser</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>Numbers of the compared runs</source>
        <translation>Zahlen der verglichenen Läufe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>‖y − A x‖; the goal is the noise level σ√m</source>
        <translation>‖y − A x‖; das Ziel ist der Rauschpegel σ√m</translation>
    </message>
    <message>
        <source>‖y − A x‖ / (σ√m): 1 fits y as closely as its noise; less fits the noise</source>
        <translation>‖y − A x‖ / (σ√m): 1 folgt y so genau wie dessen Rauschen; weniger passt das Rauschen an</translation>
    </message>
    <message>
        <source>Evaluations of the noise network</source>
        <translation>Auswertungen des Rauschnetzes</translation>
    </message>
    <message>
        <source>Seconds of the solver, without loading and pauses</source>
        <translation>Sekunden des Lösers, ohne Laden und Pausen</translation>
    </message>
    <message>
        <source>Peak memory as planned, MiB</source>
        <translation>Spitze des Speichers laut Plan, MiB</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>noch nicht gerechnet</translation>
    </message>
    <message>
        <source>running, step %1 of %2</source>
        <translation>läuft, Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1, of other settings</source>
        <translation>%1, aus anderen Einstellungen</translation>
    </message>
    <message>
        <source>No truth is known: it is measured against the reference that you choose.</source>
        <translation>Das Original ist nicht bekannt: gemessen wird an der gewählten Referenz.</translation>
    </message>
    <message>
        <source>%1 vs ref.</source>
        <translation>%1 z. Ref.</translation>
    </message>
    <message>
        <source>Against the chosen reference, of results that no truth is known of</source>
        <translation>Zur gewählten Referenz, bei Ergebnissen ohne bekanntes Original</translation>
    </message>
    <message>
        <source>Calibration of a mean of seeds, in grey levels: where the seeds tell how sure they are, the error is as large as the spread</source>
        <translation>Kalibrierung eines Mittels von Startwerten, in Graustufen: sagen die Startwerte, wie sicher sie sind, ist der Fehler so groß wie die Streuung</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareTimeline</name>
    <message>
        <source>Previous step of any run</source>
        <translation>Voriger Schritt irgendeines Laufs</translation>
    </message>
    <message>
        <source>Towards the noise</source>
        <translation>Zum Rauschen hin</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play all runs from noise to result</source>
        <translation>Alle Läufe vom Rauschen zum Ergebnis abspielen</translation>
    </message>
    <message>
        <source>Next step of any run</source>
        <translation>Nächster Schritt irgendeines Laufs</translation>
    </message>
    <message>
        <source>Towards the results</source>
        <translation>Zu den Ergebnissen hin</translation>
    </message>
    <message>
        <source>Time of all pictures</source>
        <translation>Zeit aller Bilder</translation>
    </message>
    <message>
        <source>All pictures at the same time t: noise on the left, results on the right</source>
        <translation>Alle Bilder zur selben Zeit t: links Rauschen, rechts Ergebnisse</translation>
    </message>
    <message>
        <source>results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>t = %1</source>
        <translation>t = %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CropView</name>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>Rectangle of the crop: arrow keys move it, with Ctrl they size it</source>
        <translation>Rechteck des Ausschnitts: Pfeiltasten verschieben, mit Strg ändern sie die Größe</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Aspect of the crop</source>
        <translation>Seitenverhältnis des Ausschnitts</translation>
    </message>
    <message>
        <source>Width to height; the longer side is the photo&apos;s longer side</source>
        <translation>Breite zu Höhe; die längere Seite ist die des Fotos</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>The whole photo again</source>
        <translation>Wieder das ganze Foto</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Leave the crop as it was (Escape)</source>
        <translation>Ausschnitt lassen, wie er war (Esc)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Restore this part of the photo from now on (Enter)</source>
        <translation>Von jetzt an diesen Ausschnitt restaurieren (Eingabe)</translation>
    </message>
    <message>
        <source>Reset crop</source>
        <translation>Ausschnitt zurücksetzen</translation>
    </message>
    <message>
        <source>Cancel crop</source>
        <translation>Ausschnitt verwerfen</translation>
    </message>
    <message>
        <source>Apply crop</source>
        <translation>Ausschnitt anwenden</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CurvesPlot</name>
    <message>
        <source>Residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Prompt drift</source>
        <translation>Prompt-Drift</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Estimate&apos;s residual ‖y − A D(ẑ₀)‖</source>
        <translation>Schätzung: Residuum ‖y − A D(ẑ₀)‖</translation>
    </message>
    <message>
        <source>PSNR of D(ẑ₀), dB</source>
        <translation>PSNR von D(ẑ₀), dB</translation>
    </message>
    <message>
        <source>Prompt drift ‖Cₜ − C₀‖</source>
        <translation>Prompt-Drift ‖Cₜ − C₀‖</translation>
    </message>
    <message>
        <source>Gradient norm ‖∇‖y − A D(ẑ₀)‖‖</source>
        <translation>Gradientennorm ‖∇‖y − A D(ẑ₀)‖‖</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Noise level σ√m (goal)</source>
        <translation>Rauschpegel σ√m (Ziel)</translation>
    </message>
    <message>
        <source>noise level, the goal</source>
        <translation>Rauschpegel, das Ziel</translation>
    </message>
    <message>
        <source>After the projection</source>
        <translation>Nach der Projektion</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>Projektion</translation>
    </message>
    <message>
        <source>No values yet</source>
        <translation>Noch keine Werte</translation>
    </message>
    <message>
        <source>Not computed with these settings</source>
        <translation>Mit diesen Einstellungen nicht berechnet</translation>
    </message>
    <message>
        <source>Curves of the runs</source>
        <translation>Kurven der Läufe</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Step %1, t = %2</source>
        <translation>Schritt %1, t = %2</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>All four</source>
        <translation>Alle vier</translation>
    </message>
    <message>
        <source>Shown curve</source>
        <translation>Gezeigte Kurve</translation>
    </message>
    <message>
        <source>Which numbers of the run are drawn over its steps</source>
        <translation>Welche Zahlen des Laufs über seine Schritte gezeichnet werden</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>Lo&amp;g</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Logarithmische Skala</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis (PSNR is a logarithm already)</source>
        <translation>Logarithmische senkrechte Achse (PSNR ist schon ein Logarithmus)</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>Kurven exportieren</translation>
    </message>
    <message>
        <source>Export the curves as PDF or CSV</source>
        <translation>Kurven als PDF oder CSV exportieren</translation>
    </message>
    <message>
        <source>Plot as PDF...</source>
        <translation>Diagramm als PDF …</translation>
    </message>
    <message>
        <source>Numbers as CSV...</source>
        <translation>Zahlen als CSV …</translation>
    </message>
    <message>
        <source>The curves of a run appear here step by step.</source>
        <translation>Hier erscheinen die Kurven eines Laufs Schritt für Schritt.</translation>
    </message>
    <message>
        <source>Names of the curves</source>
        <translation>Namen der Kurven</translation>
    </message>
    <message>
        <source>Plot of the curves</source>
        <translation>Diagramm der Kurven</translation>
    </message>
    <message>
        <source>The plot could not be drawn as PDF.</source>
        <translation>Das Diagramm konnte nicht als PDF gezeichnet werden.</translation>
    </message>
    <message>
        <source>Export the plot</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Export the numbers</source>
        <translation>Zahlen exportieren</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>PSNR needs the true picture
(Truth known)</source>
        <translation>PSNR braucht das Original
(Original bekannt)</translation>
    </message>
</context>
<context>
    <name>p2l::ui::DegradationPanel</name>
    <message>
        <source>What happened to the photo?</source>
        <translation>Was ist mit dem Foto passiert?</translation>
    </message>
    <message>
        <source>Tr&amp;uth known: degrade it</source>
        <translation>Orig&amp;inal bekannt: verschlechtern</translation>
    </message>
    <message>
        <source>Truth known: degrade it</source>
        <translation>Original bekannt: verschlechtern</translation>
    </message>
    <message>
        <source>On: the photo is the truth; it is degraded, restored and compared with itself (PSNR, LPIPS).
Off: the photo is damaged already; there is nothing to compare the result with.</source>
        <translation>An: das Foto ist das Original; es wird verschlechtert, restauriert und mit sich selbst verglichen (PSNR, LPIPS).
Aus: das Foto ist schon beschädigt; es gibt nichts, womit das Ergebnis zu vergleichen wäre.</translation>
    </message>
    <message>
        <source>What is missing for a run</source>
        <translation>Was für einen Lauf fehlt</translation>
    </message>
    <message>
        <source>Degradation</source>
        <translation>Degradation</translation>
    </message>
    <message>
        <source>De&amp;gradation</source>
        <translation>De&amp;gradation</translation>
    </message>
    <message>
        <source>More of the degradation</source>
        <translation>Mehr zur Degradation</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Which pixels are missing: drawn by the measurement seed, painted on the picture, or white in a picture file of the working size or the photo&apos;s size</source>
        <translation>Welche Pixel fehlen: vom Startwert der Messung gezogen, auf das Bild gemalt oder weiß in einer Bilddatei von der Größe des Fotos oder der Arbeitsgröße</translation>
    </message>
    <message>
        <source>Random, by seed</source>
        <translation>Zufällig, nach Startwert</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>Gemalt</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus Datei …</translation>
    </message>
    <message>
        <source>Mas&amp;k</source>
        <translation>Mas&amp;ke</translation>
    </message>
    <message>
        <source>Stop painting (M)</source>
        <translation>Malen beenden (M)</translation>
    </message>
    <message>
        <source>Paint the mask on the picture</source>
        <translation>Maske auf das Bild malen</translation>
    </message>
    <message>
        <source>While pressed in, the left button paints missing pixels and the right one erases</source>
        <translation>Solange gedrückt, malt die linke Maustaste fehlende Pixel und die rechte radiert</translation>
    </message>
    <message>
        <source>Kernel from a file</source>
        <translation>Faltungskern aus Datei</translation>
    </message>
    <message>
        <source>The point-spread function, what one white point looks like in the photo: a small grey picture of odd width and height; it is divided by its sum. It takes the place of the blur by settings.</source>
        <translation>Die Punktspreizfunktion, also wie ein einzelner weißer Punkt im Foto aussieht: ein kleines graues Bild mit ungerader Breite und Höhe; es wird durch seine Summe geteilt. Es tritt an die Stelle der Unschärfe nach Einstellungen.</translation>
    </message>
    <message>
        <source>By settings</source>
        <translation>Nach Einstellung</translation>
    </message>
    <message>
        <source>Kernel by settings</source>
        <translation>Faltungskern nach Einstellung</translation>
    </message>
    <message>
        <source>Use the kernel that the settings above and the measurement seed make</source>
        <translation>Den Faltungskern nehmen, den die Einstellungen oben und der Startwert der Messung ergeben</translation>
    </message>
    <message>
        <source>Blur kernel</source>
        <translation>Faltungskern</translation>
    </message>
    <message>
        <source>Noise model</source>
        <translation>Rauschmodell</translation>
    </message>
    <message>
        <source>N&amp;oise model</source>
        <translation>&amp;Rauschmodell</translation>
    </message>
    <message>
        <source>The noise that the photo has by the finest detail of its smooth parts; a click takes it</source>
        <translation>Das Rauschen des Fotos, nach den feinsten Details seiner glatten Stellen; ein Klick übernimmt es</translation>
    </message>
    <message>
        <source>Measurement seed</source>
        <translation>Startwert der Messung</translation>
    </message>
    <message>
        <source>Draws noise, random mask and random kernel: the same seed gives the same measurement. The sampler has a seed of its own.</source>
        <translation>Zieht Rauschen, zufällige Maske und zufälligen Faltungskern: derselbe Startwert gibt dieselbe Messung. Der Sampler hat seinen eigenen Startwert.</translation>
    </message>
    <message>
        <source>New measurement seed</source>
        <translation>Neuer Startwert der Messung</translation>
    </message>
    <message>
        <source>Draw another measurement seed</source>
        <translation>Einen anderen Startwert der Messung ziehen</translation>
    </message>
    <message>
        <source>Degradati&amp;on seed</source>
        <translation>Startwert Degradati&amp;on</translation>
    </message>
    <message>
        <source>Paint on the picture (M)</source>
        <translation>Auf das Bild malen (M)</translation>
    </message>
    <message>
        <source>Mask: white is missing</source>
        <translation>Maske: Weiß fehlt</translation>
    </message>
    <message>
        <source>A random one, until it is chosen.</source>
        <translation>Eine zufällige, bis sie gewählt ist.</translation>
    </message>
    <message>
        <source>%1, %2 × %3</source>
        <translation>%1, %2 × %3</translation>
    </message>
    <message>
        <source>%1, turned by 180° as an earlier version applied it</source>
        <translation>%1, um 180° gedreht, wie eine frühere Version ihn angewandt hat</translation>
    </message>
    <message>
        <source>The A of y = A x + n. After: %1</source>
        <translation>Das A in y = A x + n. Nach: %1</translation>
    </message>
    <message>
        <source>Estimated from the photo: %1</source>
        <translation>Aus dem Foto geschätzt: %1</translation>
    </message>
    <message>
        <source>The sample is degraded first: %1.</source>
        <translation>Das Beispiel wird erst verschlechtert: %1.</translation>
    </message>
    <message>
        <source>noise %1</source>
        <translation>Rauschen %1</translation>
    </message>
    <message>
        <source>The mask hides no pixel yet: paint what is missing, or open a mask.</source>
        <translation>Die Maske verdeckt noch kein Pixel: Fehlendes anmalen oder eine Maske öffnen.</translation>
    </message>
    <message>
        <source>The blur of this photo is not known yet: open its kernel, or press By settings if a random one is meant.</source>
        <translation>Die Unschärfe dieses Fotos ist noch nicht bekannt: ihren Faltungskern öffnen, oder Nach Einstellung drücken, wenn ein zufälliger gemeint ist.</translation>
    </message>
    <message>
        <source>%1 would be drawn at random, but this photo has its own: %2choose a measurement seed if the random one is meant.</source>
        <translation>%1 zufällig ziehen? Dieses Foto hat das schon: %2einen Startwert der Messung wählen, wenn der Zufall gemeint ist.</translation>
    </message>
    <message>
        <source>paint the mask, open one, or </source>
        <translation>Maske malen, eine öffnen oder </translation>
    </message>
    <message>
        <source>The mask is not in the file: paint or import it again.</source>
        <translation>Die Maske ist nicht in der Datei: neu malen oder importieren.</translation>
    </message>
    <message>
        <source>The blur kernel %1 is no longer there: open it again.</source>
        <translation>Der Faltungskern %1 ist nicht mehr da: neu öffnen.</translation>
    </message>
    <message>
        <source>Noise estimated from the photo</source>
        <translation>Rauschen aus dem Foto geschätzt</translation>
    </message>
    <message>
        <source>By the finest detail of the photo&apos;s smooth parts. Another number takes its place; a double-click on the name brings it back.</source>
        <translation>Nach den feinsten Details der glatten Stellen des Fotos. Eine andere Zahl tritt an ihre Stelle; ein Doppelklick auf den Namen bringt sie zurück.</translation>
    </message>
    <message>
        <source>This photo is degraded first, as Compare or the Lab asked.</source>
        <translation>Dieses Foto wird erst verschlechtert, wie es Vergleich oder Labor verlangt haben.</translation>
    </message>
    <message>
        <source>Restore it as it is</source>
        <translation>So restaurieren, wie es ist</translation>
    </message>
    <message>
        <source>The photo is damaged already; there is nothing to compare the result with</source>
        <translation>Das Foto ist schon beschädigt; es gibt nichts, womit das Ergebnis zu vergleichen wäre</translation>
    </message>
</context>
<context>
    <name>p2l::ui::DetailRow</name>
    <message>
        <source>faithful</source>
        <translation>treu</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>scharf</translation>
    </message>
    <message>
        <source>Between the faithful and the sharp picture; a result that is there follows without another run</source>
        <translation>Zwischen dem treuen und dem scharfen Bild; ein vorhandenes Ergebnis folgt ohne neuen Lauf</translation>
    </message>
    <message>
        <source>detail</source>
        <translation>Detail</translation>
    </message>
</context>
<context>
    <name>p2l::ui::DocumentDesk</name>
    <message>
        <source>P2L projects (*.p2l);;All files (*)</source>
        <translation>P2L-Projekte (*.p2l);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The queue is done: %1 restored.</source>
        <translation>Die Warteschlange ist abgearbeitet: %1 restauriert.</translation>
    </message>
    <message>
        <source>The queue is done: %1 restored, %2 failed.</source>
        <translation>Die Warteschlange ist abgearbeitet: %1 restauriert, %2 fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Open pro&amp;ject…</source>
        <translation>Pro&amp;jekt öffnen …</translation>
    </message>
    <message>
        <source>Open a project: photo, settings, mask, kernel and runs</source>
        <translation>Projekt öffnen: Foto, Einstellungen, Maske, Faltungskern und Läufe</translation>
    </message>
    <message>
        <source>Save p&amp;roject</source>
        <translation>P&amp;rojekt speichern</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>Save the project as a file</source>
        <translation>Projekt als Datei speichern</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Verlauf …</translation>
    </message>
    <message>
        <source>Search, star and bring back earlier runs</source>
        <translation>Frühere Läufe suchen, markieren und zurückholen</translation>
    </message>
    <message>
        <source>&amp;Queue…</source>
        <translation>&amp;Warteschlange …</translation>
    </message>
    <message>
        <source>Restore many photos, one after the other</source>
        <translation>Viele Fotos nacheinander restaurieren</translation>
    </message>
    <message>
        <source>Copy the result to the clipboard</source>
        <translation>Ergebnis in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Re&amp;port…</source>
        <translation>&amp;Bericht …</translation>
    </message>
    <message>
        <source>One HTML file with pictures, numbers and the command that runs it again</source>
        <translation>Eine HTML-Datei mit Bildern, Zahlen und dem Befehl, der alles noch einmal rechnet</translation>
    </message>
    <message>
        <source>&amp;Blur kernel…</source>
        <translation>&amp;Faltungskern …</translation>
    </message>
    <message>
        <source>What blurred the photo: choose, draw or open it</source>
        <translation>Was das Foto unscharf gemacht hat: wählen, zeichnen oder öffnen</translation>
    </message>
    <message>
        <source>Not sure? &amp;Widths…</source>
        <translation>Unsicher? &amp;Breiten …</translation>
    </message>
    <message>
        <source>A part of the photo at several widths of the blur, and at several angles where it has one</source>
        <translation>Ein Ausschnitt des Fotos mit mehreren Breiten der Unschärfe und, wo sie einen hat, mehreren Winkeln</translation>
    </message>
    <message>
        <source>&amp;Made up here</source>
        <translation>&amp;Hier erfunden</translation>
    </message>
    <message>
        <source>Made up here: %1 of %2 seeds</source>
        <translation>Hier erfunden: %1 von %2 Startwerten</translation>
    </message>
    <message>
        <source>Made up here, in %1: the seeds differ by %2 % on average, and by %3 % where they differ most</source>
        <translation>Hier erfunden, in %1: die Startwerte unterscheiden sich im Mittel um %2 %, und um %3 %, wo sie sich am meisten unterscheiden</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly in step %1 of %2 of a run on %3.</source>
        <translation>Die letzte Sitzung endete unerwartet in Schritt %1 von %2 eines Laufs mit %3.</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly. No disk took the result of a run on %1; its last picture before it is kept.</source>
        <translation>Die letzte Sitzung endete unerwartet. Keine Platte nahm das Ergebnis eines Laufs mit %1 an; das letzte Bild davor ist erhalten.</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly: %1, its settings and its mask are kept.</source>
        <translation>Die letzte Sitzung endete unerwartet: %1, Einstellungen und Maske sind erhalten.</translation>
    </message>
    <message>
        <source>The comparison of the last session is kept, with %1, its settings and its mask. Dismissing this discards it.</source>
        <translation>Der Vergleich der letzten Sitzung ist erhalten, mit %1, Einstellungen und Maske. Das Schließen dieser Meldung verwirft ihn.</translation>
    </message>
    <message>
        <source>Results that the history could not take: %1.</source>
        <translation>Ergebnisse, die der Verlauf nicht aufnehmen konnte: %1.</translation>
    </message>
    <message>
        <source>The history has the result of %1 with its former numbers, and not with the new ones.</source>
        <translation>Der Verlauf hat das Ergebnis von %1 mit seinen früheren Werten und nicht mit den neuen.</translation>
    </message>
    <message>
        <source>The result of %1 is kept for after a crash, and goes when the window is closed: save it.</source>
        <translation>Das Ergebnis von %1 bleibt bei einem Absturz erhalten, nicht aber, wenn das Fenster geschlossen wird: vorher speichern.</translation>
    </message>
    <message>
        <source>The result of %1 is only in memory, and goes with the program: save it elsewhere.</source>
        <translation>Das Ergebnis von %1 ist nur im Speicher und geht mit dem Programm verloren: anderswo speichern.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>%1, up to step %2</source>
        <translation>%1, bis Schritt %2</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>%1 geöffnet</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>Projekt speichern</translation>
    </message>
    <message>
        <source>The result is in the clipboard.</source>
        <translation>Das Ergebnis ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>The queue&apos;s work on %1, which begins anew at the next start. Photos that wait: %2.</source>
        <translation>Die Arbeit der Warteschlange an %1, die beim nächsten Start von vorn beginnt. Wartende Fotos: %2.</translation>
    </message>
    <message>
        <source>The photos that the queue is still reading.</source>
        <translation>Die Fotos, die die Warteschlange noch liest.</translation>
    </message>
    <message>
        <source>The seeds in progress for Made up here.</source>
        <translation>Die laufenden Startwerte für „Hier erfunden“.</translation>
    </message>
    <message>
        <source>Sa&amp;ve project as…</source>
        <translation>Projekt speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Cop&amp;y result</source>
        <translation>Ergebnis &amp;kopieren</translation>
    </message>
    <message>
        <source>Draw or choose…</source>
        <translation>Zeichnen, wählen …</translation>
    </message>
    <message>
        <source>Photos that wait in the queue since the last session: %1.</source>
        <translation>Fotos, die seit der letzten Sitzung in der Warteschlange warten: %1.</translation>
    </message>
    <message>
        <source>Open queue</source>
        <translation>Warteschlange öffnen</translation>
    </message>
    <message>
        <source>Made up here</source>
        <translation>Erfunden</translation>
    </message>
    <message>
        <source>Runs further seeds, %1 of them, and shows where they differ</source>
        <translation>Rechnet %1 weitere Startwerte und zeigt, worin sie sich unterscheiden</translation>
    </message>
    <message>
        <source>The changes of the project %1 are not saved.</source>
        <translation>Die Änderungen am Projekt %1 sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>Save them</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The changes of the project %1 since it was saved.</source>
        <translation>Die Änderungen am Projekt %1 seit dem Speichern.</translation>
    </message>
    <message>
        <source>Sessions before it, offered next: %1.</source>
        <translation>Sitzungen davor, die danach angeboten werden: %1.</translation>
    </message>
    <message>
        <source>An earlier session cannot be read; it is kept as %1.</source>
        <translation>Eine frühere Sitzung ist nicht lesbar; sie bleibt erhalten als %1.</translation>
    </message>
    <message>
        <source>The session of %1 is gone: its folder was removed.</source>
        <translation>Die Sitzung mit %1 ist fort: ihr Ordner wurde gelöscht.</translation>
    </message>
    <message>
        <source>The session of %1 cannot be read; it is kept as %2.</source>
        <translation>Die Sitzung mit %1 ist nicht lesbar; sie bleibt erhalten als %2.</translation>
    </message>
    <message>
        <source>Its session is kept, and offered again at the next start.</source>
        <translation>Die Sitzung dazu bleibt erhalten und wird beim nächsten Start wieder angeboten.</translation>
    </message>
    <message>
        <source>A lesson is open: close it first.</source>
        <translation>Eine Lektion ist offen: zuerst schließen.</translation>
    </message>
    <message>
        <source>%1 is not brought back yet: it would take the place of %2, whose mask, result or project is not saved. Save it, or open another photo.</source>
        <translation>%1 wird noch nicht zurückgeholt: An seiner Stelle steht %2, dessen Maske, Ergebnis oder Projekt nicht gespeichert ist. Speichern oder ein anderes Foto öffnen.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::EventLog</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What happens is written here.</source>
        <translation>Hier steht, was geschieht.</translation>
    </message>
    <message>
        <source>Opened %1, %2 × %3</source>
        <translation>%1 geöffnet, %2 × %3</translation>
    </message>
    <message>
        <source>Model %1 is ready after %2 s</source>
        <translation>Modell %1 ist bereit nach %2 s</translation>
    </message>
    <message>
        <source>%1: %2 steps</source>
        <translation>%1: %2 Schritte</translation>
    </message>
</context>
<context>
    <name>p2l::ui::FigureDialog</name>
    <message>
        <source>%1 cannot be written; choose another folder.</source>
        <translation>%1 kann nicht geschrieben werden; einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Abbildungen</translation>
    </message>
    <message>
        <source>What is drawn from the photo and its settings</source>
        <translation>Was aus dem Foto und seinen Einstellungen gezeichnet wird</translation>
    </message>
    <message>
        <source>The figure is being made</source>
        <translation>Die Abbildung entsteht</translation>
    </message>
    <message>
        <source>&amp;Save to a folder…</source>
        <translation>In einem Ordner &amp;speichern …</translation>
    </message>
    <message>
        <source>The figure&apos;s pictures, its numbers as CSV, and the settings that it was drawn from</source>
        <translation>Die Bilder der Abbildung, ihre Zahlen als CSV und die Einstellungen, aus denen sie entstand</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe auf der Kommandozeile</translation>
    </message>
    <message>
        <source>The same on the command line. FOLDER stands for where it is written; PHOTO and REQUEST stand for the photo and its settings, which Save to a folder keeps.</source>
        <translation>Dasselbe auf der Kommandozeile. FOLDER steht für den Ort der Ausgabe; PHOTO und REQUEST stehen für das Foto und seine Einstellungen, die beim Speichern in einem Ordner dabei sind.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>&amp;Zeichnen</translation>
    </message>
    <message>
        <source>Ends the work; nothing is kept of it</source>
        <translation>Beendet die Arbeit; nichts davon bleibt</translation>
    </message>
    <message>
        <source>Makes the runs that the figure needs, from the photo and the settings as they are</source>
        <translation>Rechnet die Läufe, die die Abbildung braucht, mit Foto und Einstellungen, wie sie sind</translation>
    </message>
    <message>
        <source>Drawing… %1 so far</source>
        <translation>Wird gezeichnet … bisher %1</translation>
    </message>
    <message>
        <source>Pictures of the figure</source>
        <translation>Bilder der Abbildung</translation>
    </message>
    <message>
        <source>Choose a figure and press Draw.</source>
        <translation>Eine Abbildung wählen und Zeichnen drücken.</translation>
    </message>
    <message>
        <source>Save to a folder</source>
        <translation>In einem Ordner speichern</translation>
    </message>
    <message>
        <source>The figure is in %1.</source>
        <translation>Die Abbildung liegt in %1.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::FigureRun</name>
    <message>
        <source>Figures are made by the program p2l, and %1 cannot be started.</source>
        <translation>Abbildungen macht das Programm p2l, und %1 lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>Open a photo first.</source>
        <translation>Zuerst ein Foto öffnen.</translation>
    </message>
    <message>
        <source>p2l ended without a word.</source>
        <translation>p2l endete ohne ein Wort.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::FileDesk</name>
    <message>
        <source>Of the %1 files that were named only %2 is opened: the queue restores all of them, one after the other, with the settings of this window.</source>
        <translation>Von den %1 genannten Dateien wird nur %2 geöffnet: Die Warteschlange restauriert alle nacheinander, mit den Einstellungen dieses Fensters.</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>PNG (*.png);;JPEG (*.jpg);;TIFF (*.tif);;WebP (*.webp)</source>
        <translation>PNG (*.png);;JPEG (*.jpg);;TIFF (*.tif);;WebP (*.webp)</translation>
    </message>
    <message>
        <source>The result of %1 was not saved.</source>
        <translation>Das Ergebnis von %1 wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Save it…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save result</source>
        <translation>Ergebnis speichern</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>restauriert</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>There is no result yet: press Run first.</source>
        <translation>Noch kein Ergebnis: zuerst Starten drücken.</translation>
    </message>
    <message>
        <source>These steps led to no result: wait for the run&apos;s end, or run again.</source>
        <translation>Diese Schritte führten zu keinem Ergebnis: das Ende des Laufs abwarten oder noch einmal starten.</translation>
    </message>
    <message>
        <source>There is no measurement yet: open a photo first.</source>
        <translation>Noch keine Messung: zuerst ein Foto öffnen.</translation>
    </message>
    <message>
        <source>Save measurement</source>
        <translation>Messung speichern</translation>
    </message>
    <message>
        <source>measurement</source>
        <translation>messung</translation>
    </message>
    <message>
        <source>Export curves as CSV</source>
        <translation>Kurven als CSV exportieren</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Export curves as PDF</source>
        <translation>Kurven als PDF exportieren</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>There are no curves yet: press Run first.</source>
        <translation>Noch keine Kurven: zuerst Starten drücken.</translation>
    </message>
    <message>
        <source>%1: %2, %3 seconds</source>
        <translation>%1: %2, %3 Sekunden</translation>
    </message>
    <message>
        <source>Export contact sheet</source>
        <translation>Kontaktabzug exportieren</translation>
    </message>
    <message>
        <source>Export animation</source>
        <translation>Animation exportieren</translation>
    </message>
    <message>
        <source>Animated WebP (*.webp)</source>
        <translation>Animiertes WebP (*.webp)</translation>
    </message>
    <message>
        <source>There is no tuned embedding yet: press Run first.</source>
        <translation>Noch keine angepasste Einbettung: zuerst Starten drücken.</translation>
    </message>
    <message>
        <source>Save tuned embedding</source>
        <translation>Angepasste Einbettung speichern</translation>
    </message>
    <message>
        <source>Prompt embedding (*.safetensors)</source>
        <translation>Prompt-Einbettung (*.safetensors)</translation>
    </message>
    <message>
        <source>Start from embedding</source>
        <translation>Mit Einbettung beginnen</translation>
    </message>
    <message>
        <source>Prompt embedding, textual inversion (*.safetensors);;All files (*)</source>
        <translation>Prompt-Einbettung, Textual Inversion (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1: choose a file that Save tuned embedding has written.</source>
        <translation>%1: eine Datei wählen, die „Angepasste Einbettung speichern“ geschrieben hat.</translation>
    </message>
    <message>
        <source>A result that was not saved has been recovered from the last session.</source>
        <translation>Ein nicht gespeichertes Ergebnis der letzten Sitzung ist erhalten.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>The clipboard holds no picture: copy one first.</source>
        <translation>In der Zwischenablage ist kein Bild: zuerst eines kopieren.</translation>
    </message>
    <message>
        <source>Open photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>This picture was made by P2L Studio.</source>
        <translation>Dieses Bild ist mit P2L Studio gemacht.</translation>
    </message>
    <message>
        <source>Recall its settings</source>
        <translation>Einstellungen übernehmen</translation>
    </message>
    <message>
        <source>%1, in progress: step %2 of %3.</source>
        <translation>%1, läuft noch: Schritt %2 von %3.</translation>
    </message>
    <message>
        <source>%1, which has just begun.</source>
        <translation>%1, gerade begonnen.</translation>
    </message>
    <message>
        <source>The result of %1: it is not saved.</source>
        <translation>Das Ergebnis von %1: nicht gespeichert.</translation>
    </message>
    <message>
        <source>The mask painted on %1: it is in no file.</source>
        <translation>Die Maske, auf %1 gemalt: in keiner Datei.</translation>
    </message>
    <message>
        <source>Export mask</source>
        <translation>Maske exportieren</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <source>%1 is the photo that is open: choose another name.</source>
        <translation>%1 ist das geöffnete Foto: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 is the mask that is in use: choose another name.</source>
        <translation>%1 ist die verwendete Maske: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 is the blur kernel that is in use: choose another name.</source>
        <translation>%1 ist der verwendete Faltungskern: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 is the embedding that is in use: choose another name.</source>
        <translation>%1 ist die verwendete Einbettung: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 is a picture that is compared: choose another name.</source>
        <translation>%1 ist ein verglichenes Bild: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 belongs to the model that is in use: choose another name.</source>
        <translation>%1 gehört zum verwendeten Modell: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 is there already and read-only: choose another name.</source>
        <translation>%1 ist schon da und schreibgeschützt: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>A %1 has no transparency: white takes its place. PNG, TIFF and WebP keep it.</source>
        <translation>%1 hat keine Transparenz: Weiß tritt an ihre Stelle. PNG, TIFF und WebP erhalten sie.</translation>
    </message>
    <message>
        <source>A %1 has 8 bits, and the photo has %2: PNG and TIFF keep them.</source>
        <translation>%1 hat 8 Bit, das Foto %2: PNG und TIFF erhalten sie.</translation>
    </message>
    <message>
        <source>This picture was restored from %1, which is neither there nor beside it: it is opened as a new photo.</source>
        <translation>Dieses Bild wurde aus %1 restauriert; das Foto liegt weder dort noch daneben: Das Bild wird als neues Foto geöffnet.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::FittedPicture</name>
    <message>
        <source>Figure</source>
        <translation>Abbildung</translation>
    </message>
</context>
<context>
    <name>p2l::ui::FramePicker</name>
    <message>
        <source>%1 × %2 pixels, from %3, %4</source>
        <translation>%1 × %2 Pixel, ab %3, %4</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::HistoryDialog</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Search names, photos, solvers, prompts, seeds, or star</source>
        <translation>Namen, Fotos, Löser, Prompts, Startwerte oder star suchen</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Runs that hold every word</source>
        <translation>Läufe, in denen jedes Wort vorkommt</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>&amp;Bring back</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>Photo, settings, mask and result as they were</source>
        <translation>Foto, Einstellungen, Maske und Ergebnis, wie sie waren</translation>
    </message>
    <message>
        <source>&amp;Star</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Give the run a name of your own</source>
        <translation>Dem Lauf einen eigenen Namen geben</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Delete the run from the disk</source>
        <translation>Lauf von der Platte löschen</translation>
    </message>
    <message>
        <source>Un&amp;star</source>
        <translation>&amp;Markierung entfernen</translation>
    </message>
    <message>
        <source>Rename run</source>
        <translation>Lauf umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>Lauf löschen</translation>
    </message>
    <message>
        <source>Delete the run “%1” and its picture?</source>
        <translation>Den Lauf „%1“ und sein Bild löschen?</translation>
    </message>
    <message>
        <source>No run is here. Every run is kept on the disk and can be brought back as it was.</source>
        <translation>Kein Lauf vorhanden. Jeder Lauf wird auf der Platte behalten und lässt sich zurückholen, wie er war.</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Puts the selected runs on the page Compare. Ctrl or Shift selects several.</source>
        <translation>Bringt die gewählten Läufe auf die Seite „Vergleich“. Strg oder Umschalt wählt mehrere.</translation>
    </message>
    <message>
        <source>No run has every word of the search.</source>
        <translation>Kein Lauf enthält jedes gesuchte Wort.</translation>
    </message>
    <message>
        <source>Runs with a star are deleted last, and their curves stay beside those of other photos</source>
        <translation>Läufe mit Stern werden zuletzt gelöscht, und ihre Kurven bleiben neben denen anderer Fotos</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>%1, up to step %2</source>
        <translation>%1, bis Schritt %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ImageCanvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>No photo is open. Drop one here, or press Ctrl+O.</source>
        <translation>Kein Foto geöffnet. Eines hierher ziehen oder Strg+O drücken.</translation>
    </message>
    <message>
        <source>zoom %1 %</source>
        <translation>Zoom %1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 beside %2, %3</source>
        <translation>%1 neben %2, %3</translation>
    </message>
    <message>
        <source>Drop a photo here, or press Ctrl+O</source>
        <translation>Foto hierher ziehen oder Strg+O drücken</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF, WebP or BMP</source>
        <translation>JPEG, PNG, TIFF, WebP oder BMP</translation>
    </message>
    <message>
        <source>Difference × %1</source>
        <translation>Differenz × %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::KernelCanvas</name>
    <message>
        <source>Blur kernel</source>
        <translation>Faltungskern</translation>
    </message>
    <message>
        <source>What one white point looks like in the photo</source>
        <translation>Wie ein weißer Punkt im Foto aussieht</translation>
    </message>
    <message>
        <source>Draw how the camera moved</source>
        <translation>Zeichnen, wie sich die Kamera bewegt hat</translation>
    </message>
</context>
<context>
    <name>p2l::ui::KernelDialog</name>
    <message>
        <source>Blur kernel</source>
        <translation>Faltungskern</translation>
    </message>
    <message>
        <source>&amp;Use this kernel</source>
        <translation>Diesen Kern &amp;nehmen</translation>
    </message>
    <message>
        <source>&amp;Clear drawing</source>
        <translation>&amp;Zeichnung leeren</translation>
    </message>
    <message>
        <source>Begin the drawing again</source>
        <translation>Die Zeichnung neu beginnen</translation>
    </message>
    <message>
        <source>Kind of blur</source>
        <translation>Art der Unschärfe</translation>
    </message>
    <message>
        <source>What blurred the photo</source>
        <translation>Was das Foto unscharf gemacht hat</translation>
    </message>
    <message>
        <source>Straight movement</source>
        <translation>Gerade Bewegung</translation>
    </message>
    <message>
        <source>Soft (Gaussian)</source>
        <translation>Weich (Gauß)</translation>
    </message>
    <message>
        <source>Out of focus (disc)</source>
        <translation>Fehlfokus (Scheibe)</translation>
    </message>
    <message>
        <source>Shaken, a random way</source>
        <translation>Verwackelt, zufälliger Weg</translation>
    </message>
    <message>
        <source>Shaken, drawn</source>
        <translation>Verwackelt, gezeichnet</translation>
    </message>
    <message>
        <source>A picture from a file…</source>
        <translation>Ein Bild aus einer Datei …</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>How far it moved</source>
        <translation>Wie weit die Bewegung ging</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>0 is horizontal, 90 vertical</source>
        <translation>0 ist waagerecht, 90 senkrecht</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Standard deviation of the Gaussian</source>
        <translation>Standardabweichung der Gauß-Verteilung</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Radius of the disc</source>
        <translation>Radius der Scheibe</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>0 is a straight line, larger is longer and more bent</source>
        <translation>0 ist eine gerade Linie, größer ist länger und krummer</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Another seed, another way</source>
        <translation>Anderer Startwert, anderer Weg</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>gezeichnet</translation>
    </message>
    <message>
        <source>%1, %2 × %3</source>
        <translation>%1, %2 × %3</translation>
    </message>
</context>
<context>
    <name>p2l::ui::KernelPicture</name>
    <message>
        <source>Blur kernel</source>
        <translation>Faltungskern</translation>
    </message>
    <message>
        <source>What the blur makes of one white point</source>
        <translation>Was die Unschärfe aus einem weißen Punkt macht</translation>
    </message>
</context>
<context>
    <name>p2l::ui::LearnModel</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>run with the lesson&apos;s values</source>
        <translation>Lauf mit den Werten der Lektion</translation>
    </message>
    <message>
        <source>run of the question: %1</source>
        <translation>Lauf der Frage: %1</translation>
    </message>
    <message>
        <source>measurement (y)</source>
        <translation>Messung (y)</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>A run is in progress: stop it or wait for it.</source>
        <translation>Eine Rechnung läuft: stoppen oder abwarten.</translation>
    </message>
    <message>
        <source>The lesson&apos;s photo is being opened.</source>
        <translation>Das Foto der Lektion wird geöffnet.</translation>
    </message>
    <message>
        <source>Choose what you expect first.</source>
        <translation>Zuerst wählen, was zu erwarten ist.</translation>
    </message>
    <message>
        <source>The run was stopped: press Run and see to begin anew.</source>
        <translation>Der Lauf wurde gestoppt: „Rechnen und ansehen“ beginnt von vorn.</translation>
    </message>
    <message>
        <source>The run could not be made; the log says why.</source>
        <translation>Der Lauf war nicht möglich; das Protokoll sagt, warum.</translation>
    </message>
    <message>
        <source>This time it did not come out as the lesson expects.</source>
        <translation>Diesmal kam es nicht so, wie die Lektion erwartet.</translation>
    </message>
    <message>
        <source>run %1 of %2</source>
        <translation>Lauf %1 von %2</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>Press Next line: the run makes a step, and each line of it can be looked at.</source>
        <translation>„Zeile“ drücken: der Lauf macht einen Schritt, und jede seiner Zeilen lässt sich ansehen.</translation>
    </message>
    <message>
        <source>Your run was stopped after step %1 of %2. It is in the history.</source>
        <translation>Der eigene Lauf wurde nach Schritt %1 von %2 gestoppt. Er steht im Verlauf.</translation>
    </message>
    <message>
        <source>The lesson is kept as it is: it goes on when the page Learn is shown again.</source>
        <translation>Die Lektion bleibt, wie sie ist: auf der Seite „Lernen“ geht sie weiter.</translation>
    </message>
    <message>
        <source>A run is in progress: choose the lesson when it has ended, and it goes on.</source>
        <translation>Eine Rechnung läuft: danach die Lektion wählen, und sie geht weiter.</translation>
    </message>
    <message>
        <source>The run is made again up to step %1.</source>
        <translation>Der Lauf wird bis Schritt %1 noch einmal gerechnet.</translation>
    </message>
    <message>
        <source>Nothing is run in this lesson: predict, then press See what comes out.</source>
        <translation>In dieser Lektion wird nichts gerechnet: vorhersagen, dann „Ergebnis ansehen“.</translation>
    </message>
    <message>
        <source>This lesson&apos;s runs are those of its question: predict, then press Run and see.</source>
        <translation>Diese Lektion rechnet mit ihrer Frage: vorhersagen, dann „Rechnen und ansehen“.</translation>
    </message>
    <message>
        <source>Nothing is run in this lesson.</source>
        <translation>In dieser Lektion wird nichts gerechnet.</translation>
    </message>
    <message>
        <source>This lesson&apos;s questions are answered.</source>
        <translation>Die Fragen dieser Lektion sind beantwortet.</translation>
    </message>
    <message>
        <source>This lesson&apos;s questions are answered; a value that is changed runs it anew.</source>
        <translation>Die Fragen dieser Lektion sind beantwortet; ein geänderter Wert rechnet sie neu.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::LearnPage</name>
    <message>
        <source>Make it again with all pictures</source>
        <translation>Mit allen Bildern neu rechnen</translation>
    </message>
    <message>
        <source>This run has not kept what each line makes. The same request gives the same run: it is made once more for these pictures, beside your history.</source>
        <translation>Dieser Lauf hat nicht behalten, was jede Zeile macht. Gleiche Einstellungen geben den gleichen Lauf: Er wird für diese Bilder noch einmal gerechnet, neben dem Verlauf.</translation>
    </message>
    <message>
        <source>Made again: step %1 of %2</source>
        <translation>Neuer Lauf: Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Made again…</source>
        <translation>Neuer Lauf …</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Whole step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>On to the next step</source>
        <translation>Weiter zum nächsten Schritt</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Line after line, by itself</source>
        <translation>Zeile für Zeile, von selbst</translation>
    </message>
    <message>
        <source>Projector</source>
        <translation>Beamer</translation>
    </message>
    <message>
        <source>Text of 18 points, to be read from afar</source>
        <translation>Schrift mit 18 Punkt, von weitem lesbar</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export …</translation>
    </message>
    <message>
        <source>Writes the lesson as one HTML file that works without the program</source>
        <translation>Schreibt die Lektion als eine HTML-Datei, die ohne das Programm funktioniert</translation>
    </message>
    <message>
        <source>Your own run</source>
        <translation>Eigener Lauf</translation>
    </message>
    <message>
        <source>Lesson %1 of %2 · about %3 minutes</source>
        <translation>Lektion %1 von %2 · etwa %3 Minuten</translation>
    </message>
    <message>
        <source>Export lesson</source>
        <translation>Lektion exportieren</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>The lesson was written to %1.</source>
        <translation>Die Lektion liegt in %1.</translation>
    </message>
    <message>
        <source>Figures…</source>
        <translation>Bilder …</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Figures and export of the lesson</source>
        <translation>Bilder und Export der Lektion</translation>
    </message>
    <message>
        <source>The paper&apos;s figures, drawn from this photo and its settings</source>
        <translation>Die Abbildungen des Artikels, aus diesem Foto und seinen Einstellungen</translation>
    </message>
    <message>
        <source>Beside the pictures</source>
        <translation>Neben den Bildern</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>The lesson and its question</source>
        <translation>Die Lektion und ihre Frage</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>The solver&apos;s step, line by line</source>
        <translation>Der Schritt des Lösers, Zeile für Zeile</translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation>Was zu sehen ist</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>The lesson&apos;s own pictures</source>
        <translation>Die Bilder der Lektion selbst</translation>
    </message>
    <message>
        <source>A figure that was drawn of this lesson</source>
        <translation>Eine Abbildung, die aus dieser Lektion entstand</translation>
    </message>
    <message>
        <source>Here whole runs are looked at, so that no line lights up.</source>
        <translation>Hier werden ganze Läufe betrachtet, daher leuchtet keine Zeile auf.</translation>
    </message>
    <message>
        <source>Every symbol has the colour of its tile. Click a tile to enlarge it, turn the wheel to zoom all.</source>
        <translation>Jedes Symbol hat die Farbe seiner Kachel. Ein Klick vergrößert eine Kachel, das Mausrad alle Bilder.</translation>
    </message>
    <message>
        <source>The next line of the step; after the last one the next step. Shift+N goes back.</source>
        <translation>Die nächste Zeile des Schritts; nach der letzten der nächste Schritt. Umschalt+N geht zurück.</translation>
    </message>
    <message>
        <source>Values of the lesson</source>
        <translation>Werte der Lektion</translation>
    </message>
</context>
<context>
    <name>p2l::ui::LessonPanel</name>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
    <message>
        <source>All lessons</source>
        <translation>Alle Lektionen</translation>
    </message>
    <message>
        <source>All lessons, to choose another one</source>
        <translation>Alle Lektionen, um eine andere zu wählen</translation>
    </message>
    <message>
        <source>What is looked at: a run of your own, or a lesson</source>
        <translation>Was betrachtet wird: ein eigener Lauf oder eine Lektion</translation>
    </message>
    <message>
        <source>Predict, then run</source>
        <translation>Vorhersagen, dann rechnen</translation>
    </message>
    <message>
        <source>Runs what the question asks for, and shows what came out</source>
        <translation>Rechnet, wonach die Frage fragt, und zeigt, was herauskam</translation>
    </message>
    <message>
        <source>Your own run, step by step</source>
        <translation>Ein eigener Lauf, Schritt für Schritt</translation>
    </message>
    <message>
        <source>Any run of the document can be looked at here, line by line. Runs that begin on this page keep all pictures of every step.</source>
        <translation>Jeder Lauf des Dokuments lässt sich hier Zeile für Zeile ansehen. Läufe, die auf dieser Seite beginnen, heben alle Bilder jedes Schritts auf.</translation>
    </message>
    <message>
        <source>What you expect</source>
        <translation>Was zu erwarten ist</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>Nächste Frage</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>Nächste Lektion</translation>
    </message>
    <message>
        <source>Run and see</source>
        <translation>Rechnen und ansehen</translation>
    </message>
    <message>
        <source>As you said.</source>
        <translation>Wie vorhergesagt.</translation>
    </message>
    <message>
        <source>Not as you said.</source>
        <translation>Anders als vorhergesagt.</translation>
    </message>
    <message>
        <source>See what comes out</source>
        <translation>Ergebnis ansehen</translation>
    </message>
    <message>
        <source>Shown is another run: %1. The next one takes the values above.</source>
        <translation>Gezeigt ist ein anderer Lauf: %1. Der nächste rechnet mit den Werten oben.</translation>
    </message>
    <message>
        <source>Take its values</source>
        <translation>Seine Werte übernehmen</translation>
    </message>
    <message>
        <source>The values above become those of the run that is shown</source>
        <translation>Die Werte oben werden die des gezeigten Laufs</translation>
    </message>
</context>
<context>
    <name>p2l::ui::LiveInset</name>
    <message>
        <source>Preview · %1 steps</source>
        <translation>Vorschau · %1 Schritte</translation>
    </message>
    <message>
        <source>Preview · without the model</source>
        <translation>Vorschau · ohne das Modell</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MadeUp</name>
    <message>
        <source>There is no result yet: press Run first.</source>
        <translation>Noch kein Ergebnis: zuerst Starten drücken.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MainActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open photo…</source>
        <translation>Foto ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Ein Foto öffnen</translation>
    </message>
    <message>
        <source>Open recen&amp;t</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation>Foto &amp;einfügen</translation>
    </message>
    <message>
        <source>Take the picture from the clipboard</source>
        <translation>Das Bild aus der Zwischenablage nehmen</translation>
    </message>
    <message>
        <source>&amp;Save result as…</source>
        <translation>Ergebnis &amp;speichern unter …</translation>
    </message>
    <message>
        <source>Save the restored picture with its request inside</source>
        <translation>Das restaurierte Bild samt Auftrag speichern</translation>
    </message>
    <message>
        <source>Save &amp;measurement as…</source>
        <translation>&amp;Messung speichern unter …</translation>
    </message>
    <message>
        <source>Save what the restoration works from</source>
        <translation>Speichern, wovon die Restaurierung ausgeht</translation>
    </message>
    <message>
        <source>Curves as &amp;CSV…</source>
        <translation>Kurven als &amp;CSV …</translation>
    </message>
    <message>
        <source>The numbers of every step</source>
        <translation>Die Zahlen jedes Schritts</translation>
    </message>
    <message>
        <source>Curves as P&amp;DF…</source>
        <translation>Kurven als P&amp;DF …</translation>
    </message>
    <message>
        <source>The plots as vector graphics</source>
        <translation>Die Diagramme als Vektorgrafik</translation>
    </message>
    <message>
        <source>Co&amp;ntact sheet…</source>
        <translation>Ko&amp;ntaktabzug …</translation>
    </message>
    <message>
        <source>Measurement, steps and result on one page</source>
        <translation>Messung, Schritte und Ergebnis auf einer Seite</translation>
    </message>
    <message>
        <source>&amp;Animation…</source>
        <translation>&amp;Animation …</translation>
    </message>
    <message>
        <source>The steps as an animated WebP</source>
        <translation>Die Schritte als animiertes WebP</translation>
    </message>
    <message>
        <source>&amp;Tuned embedding…</source>
        <translation>Angepass&amp;te Einbettung …</translation>
    </message>
    <message>
        <source>The text embedding after the run: for other runs and p2l sample</source>
        <translation>Die Texteinbettung nach dem Lauf: für andere Läufe und p2l sample</translation>
    </message>
    <message>
        <source>Start from &amp;embedding…</source>
        <translation>Mit Einbettun&amp;g beginnen …</translation>
    </message>
    <message>
        <source>Start from a saved tuned embedding instead of a text</source>
        <translation>Mit einer gespeicherten angepassten Einbettung statt mit einem Text beginnen</translation>
    </message>
    <message>
        <source>Put the photo&apos;s EXIF data into pictures that are saved</source>
        <translation>Die EXIF-Daten des Fotos in gespeicherte Bilder schreiben</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Quit the program</source>
        <translation>Programm beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Paint &amp;mask</source>
        <translation>&amp;Maske malen</translation>
    </message>
    <message>
        <source>Paint missing pixels on the picture</source>
        <translation>Fehlende Pixel auf das Bild malen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Compare solvers…</source>
        <translation>Löser ver&amp;gleichen …</translation>
    </message>
    <message>
        <source>Compare solvers on the same measurement, mask and seed</source>
        <translation>Löser mit derselben Messung, Maske und demselben Startwert vergleichen</translation>
    </message>
    <message>
        <source>From &amp;LDPS to P2L…</source>
        <translation>Von &amp;LDPS zu P2L …</translation>
    </message>
    <message>
        <source>P2L&apos;s parts switched on one after the other: LDPS, the projection, the tuned prompt</source>
        <translation>Die Teile von P2L nacheinander eingeschaltet: LDPS, Projektion, angepasster Prompt</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle …</translation>
    </message>
    <message>
        <source>Add and choose models, and set how they compute</source>
        <translation>Modelle hinzufügen und wählen und einstellen, wie sie rechnen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurieren</translation>
    </message>
    <message>
        <source>A photo of one&apos;s own, and a few controls</source>
        <translation>Ein eigenes Foto und wenige Regler</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Every parameter and curve</source>
        <translation>Alle Parameter und Kurven</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Solvers against each other</source>
        <translation>Löser gegeneinander</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>How a restoration works, line by line</source>
        <translation>Wie eine Restaurierung abläuft, Zeile für Zeile</translation>
    </message>
    <message>
        <source>Before and &amp;after</source>
        <translation>&amp;Vorher und nachher</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>&amp;Zoom</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>Be&amp;reiche</translation>
    </message>
    <message>
        <source>Fit the &amp;window</source>
        <translation>In das &amp;Fenster einpassen</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>Das ganze Bild</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>Or&amp;iginalgröße</translation>
    </message>
    <message>
        <source>One picture pixel per screen pixel</source>
        <translation>Ein Bildpixel je Bildschirmpixel</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Vergrößer&amp;n</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>&amp;Photo only</source>
        <translation>Nur das Fo&amp;to</translation>
    </message>
    <message>
        <source>Hide all but the photo; again: show it</source>
        <translation>Alles außer dem Foto ausblenden; noch einmal: zeigen</translation>
    </message>
    <message>
        <source>&amp;Curves</source>
        <translation>K&amp;urven</translation>
    </message>
    <message>
        <source>The run&apos;s numbers over its steps</source>
        <translation>Die Zahlen des Laufs über seine Schritte</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>&amp;Menu bar</source>
        <translation>Menüleiste &amp;zeigen</translation>
    </message>
    <message>
        <source>Show the menus in a bar, too</source>
        <translation>Die Menüs auch in einer Leiste zeigen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Colours of the window</source>
        <translation>Farben des Fensters</translation>
    </message>
    <message>
        <source>Full scr&amp;een</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Fill the screen</source>
        <translation>Den Bildschirm füllen</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Sprache des Fensters</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Geteilt</translation>
    </message>
    <message>
        <source>Side &amp;by side</source>
        <translation>Ne&amp;beneinander</translation>
    </message>
    <message>
        <source>&amp;Result only</source>
        <translation>Nur das E&amp;rgebnis</translation>
    </message>
    <message>
        <source>Be&amp;fore only</source>
        <translation>Nur &amp;vorher</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>How to show before and after</source>
        <translation>Wie vorher und nachher gezeigt werden</translation>
    </message>
    <message>
        <source>What the left side shows</source>
        <translation>Was die linke Seite zeigt</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>&amp;Diagnose kopieren</translation>
    </message>
    <message>
        <source>Versions, device and model, for a problem report</source>
        <translation>Versionen, Gerät und Modell, für eine Fehlermeldung</translation>
    </message>
    <message>
        <source>&amp;About P2L Studio</source>
        <translation>Ü&amp;ber P2L Studio</translation>
    </message>
    <message>
        <source>Version and licences</source>
        <translation>Version und Lizenzen</translation>
    </message>
    <message>
        <source>The language changes when the studio is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Studios.</translation>
    </message>
    <message>
        <source>&amp;Crop…</source>
        <translation>Z&amp;uschneiden …</translation>
    </message>
    <message>
        <source>Restore only a part of the photo: drag its rectangle</source>
        <translation>Nur einen Ausschnitt des Fotos restaurieren: sein Rechteck ziehen</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>R&amp;eset crop</source>
        <translation>Zuschnitt &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Restore the whole photo again</source>
        <translation>Wieder das ganze Foto restaurieren</translation>
    </message>
    <message>
        <source>&amp;Try on a part…</source>
        <translation>An einem Ausschnitt p&amp;roben …</translation>
    </message>
    <message>
        <source>Drag a rectangle: it alone is restored, quickly, and shown in its place (Ctrl+F5)</source>
        <translation>Ein Rechteck ziehen: nur dieses wird schnell restauriert und an seinem Ort gezeigt (Strg+F5)</translation>
    </message>
    <message>
        <source>Try on a part</source>
        <translation>An einem Ausschnitt proben</translation>
    </message>
    <message>
        <source>Fi&amp;gures of the paper…</source>
        <translation>Abbildungen des Artikel&amp;s …</translation>
    </message>
    <message>
        <source>The paper&apos;s figures, drawn from this photo and its settings</source>
        <translation>Die Abbildungen des Artikels, aus diesem Foto und seinen Einstellungen</translation>
    </message>
    <message>
        <source>Li&amp;ve preview</source>
        <translation>Mitl&amp;aufende Vorschau</translation>
    </message>
    <message>
        <source>While settings change, a part of the photo follows: by what the measurement alone says, and by a few steps where the model is quick</source>
        <translation>Während sich Einstellungen ändern, folgt ein Teil des Fotos: nach dem, was die Messung allein sagt, und mit wenigen Schritten, wo das Modell schnell ist</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Flic&amp;ker</source>
        <translation>&amp;Wechsel</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>Spra&amp;che</translation>
    </message>
    <message>
        <source>Save with date, camera and p&amp;lace</source>
        <translation>Mit Datum, Kamera und &amp;Ort speichern</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Vorher: %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MainWindow</name>
    <message>
        <source>What is chosen in this window is not remembered, because the folder %1 cannot be written to: make it writable, or start the studio with XDG_CONFIG_HOME set to a folder that is.</source>
        <translation>Was in diesem Fenster gewählt wird, bleibt nicht erhalten, weil in den Ordner %1 nicht geschrieben werden kann: ihn beschreibbar machen, oder das Studio mit XDG_CONFIG_HOME auf einem beschreibbaren Ordner starten.</translation>
    </message>
    <message>
        <source>This would change the comparison in progress: wait for its end, or do it again here.</source>
        <translation>Das würde den laufenden Vergleich ändern: sein Ende abwarten oder es hier wiederholen.</translation>
    </message>
    <message>
        <source>The mouse moves the picture now: press M, or choose a tool, to paint the mask.</source>
        <translation>Die Maus bewegt jetzt das Bild: M drücken oder ein Werkzeug wählen, um die Maske zu malen.</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>The model %1 works on pixels and reads no text: choose a latent model to start from an embedding.</source>
        <translation>Das Modell %1 arbeitet mit Pixeln und liest keinen Text: ein latentes Modell wählen, um mit einer Einbettung zu beginnen.</translation>
    </message>
    <message>
        <source>P2L Studio</source>
        <translation>P2L Studio</translation>
    </message>
    <message>
        <source>Solvers are being compared: stop the comparison or wait for it.</source>
        <translation>Ein Vergleich läuft: stoppen oder abwarten.</translation>
    </message>
    <message>
        <source>The diagnostics are in the clipboard.</source>
        <translation>Die Diagnose ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The comparison in progress, which is offered again at the next start. Runs that wait or have begun: %1.</source>
        <translation>Der laufende Vergleich, der beim nächsten Start wieder angeboten wird. Wartende oder begonnene Läufe: %1.</translation>
    </message>
    <message>
        <source>settings of the comparison</source>
        <translation>Einstellungen des Vergleichs</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MaskEditor</name>
    <message>
        <source>Brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>Rechteck maskieren</translation>
    </message>
    <message>
        <source>Erase rectangle</source>
        <translation>Rechteck radieren</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>Lasso maskieren</translation>
    </message>
    <message>
        <source>Erase lasso</source>
        <translation>Lasso radieren</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>Maske umkehren</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>Maske leeren</translation>
    </message>
    <message>
        <source>The mask picture cannot be read.</source>
        <translation>Das Maskenbild kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Open a photo before its mask.</source>
        <translation>Zuerst das Foto öffnen, dann seine Maske.</translation>
    </message>
    <message>
        <source>The mask is %1 x %2 pixels, but the picture is %3 x %4: both must have the same size.</source>
        <translation>Die Maske hat %1 x %2 Pixel, das Bild aber %3 x %4: beide müssen gleich groß sein.</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>Maske importieren</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MaskToolBar</name>
    <message>
        <source>Mask tools</source>
        <translation>Werkzeuge der Maske</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Brush: paint missing pixels; the right mouse button erases</source>
        <translation>Pinsel: fehlende Pixel malen; die rechte Maustaste radiert</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Eraser: mark pixels as known again</source>
        <translation>Radierer: Pixel wieder als bekannt markieren</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Rectangle: drag from corner to corner</source>
        <translation>Rechteck: von Ecke zu Ecke ziehen</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Lasso: draw around the missing pixels</source>
        <translation>Lasso: die fehlenden Pixel umfahren</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Invert: missing becomes known and known becomes missing</source>
        <translation>Umkehren: Fehlendes wird bekannt und Bekanntes fehlt</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear: no pixel is missing</source>
        <translation>Leeren: kein Pixel fehlt</translation>
    </message>
    <message>
        <source>Import mask...</source>
        <translation>Maske importieren …</translation>
    </message>
    <message>
        <source>Import a mask picture of the photo&apos;s size; white = missing</source>
        <translation>Ein Maskenbild in der Größe des Fotos importieren; Weiß = fehlt</translation>
    </message>
    <message>
        <source>Export mask...</source>
        <translation>Maske exportieren …</translation>
    </message>
    <message>
        <source>Export the mask as PNG; white = missing</source>
        <translation>Die Maske als PNG exportieren; Weiß = fehlt</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>G&amp;röße</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Diameter of brush and eraser in pixels of the picture; [ and ] change it</source>
        <translation>Durchmesser von Pinsel und Radierer in Pixeln des Bildes; [ und ] ändern ihn</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Brush size in pixels</source>
        <translation>Pinselgröße in Pixeln</translation>
    </message>
    <message>
        <source>Share of the picture&apos;s pixels that are missing</source>
        <translation>Anteil der Pixel des Bildes, die fehlen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>The mask cannot be written to %1: %2.</source>
        <translation>Die Maske kann nicht nach %1 geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>Maske importieren</translation>
    </message>
    <message>
        <source>Export mask</source>
        <translation>Maske exportieren</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Answer the message</source>
        <translation>Auf die Meldung antworten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>Nächste Meldung</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MixturePlane</name>
    <message>
        <source>Prior, posterior and particles</source>
        <translation>A-priori- und A-posteriori-Dichte und Partikel</translation>
    </message>
    <message>
        <source>measurement: x₁ ≈ %1</source>
        <translation>Messung: x₁ ≈ %1</translation>
    </message>
    <message>
        <source>posterior %1 %</source>
        <translation>a posteriori %1 %</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MixtureStage</name>
    <message>
        <source>Play the particles</source>
        <translation>Partikel abspielen</translation>
    </message>
    <message>
        <source>Play the particles from noise to result</source>
        <translation>Partikel vom Rauschen bis zum Ergebnis abspielen</translation>
    </message>
    <message>
        <source>Step of the particles</source>
        <translation>Schritt der Partikel</translation>
    </message>
    <message>
        <source>From noise on the left to the result on the right</source>
        <translation>Vom Rauschen links zum Ergebnis rechts</translation>
    </message>
    <message>
        <source>The particles are on their way…</source>
        <translation>Die Partikel sind unterwegs …</translation>
    </message>
    <message>
        <source>%1 particles at t = &lt;b&gt;%2&lt;/b&gt;. Blue: what the prior holds likely; orange: what prior and measurement say together.</source>
        <translation>%1 Partikel bei t = &lt;b&gt;%2&lt;/b&gt;. Blau: was a priori wahrscheinlich ist; Orange: was Vorwissen und Messung zusammen sagen.</translation>
    </message>
    <message>
        <source>Shares of the hills: &lt;b&gt;%1&lt;/b&gt;, &lt;b&gt;%2&lt;/b&gt;, &lt;b&gt;%3 %&lt;/b&gt;; exact are %4, %5, %6 %. They miss y by &lt;b&gt;%7&lt;/b&gt;; its noise is %8.</source>
        <translation>Anteile der Hügel: &lt;b&gt;%1&lt;/b&gt;, &lt;b&gt;%2&lt;/b&gt;, &lt;b&gt;%3 %&lt;/b&gt;; exakt sind %4, %5, %6 %. Sie verfehlen y um &lt;b&gt;%7&lt;/b&gt;; sein Rauschen ist %8.</translation>
    </message>
    <message>
        <source>Blue: what the prior holds likely; orange: what prior and measurement say together. Predict where the particles end.</source>
        <translation>Blau: was a priori wahrscheinlich ist; Orange: was Vorwissen und Messung zusammen sagen. Vorhersagen, wo die Partikel enden.</translation>
    </message>
    <message>
        <source>Solver of the particles</source>
        <translation>Löser der Partikel</translation>
    </message>
    <message>
        <source>The solver whose particles are shown; questions are answered by the lesson&apos;s</source>
        <translation>Der Löser, dessen Partikel gezeigt werden; Fragen beantwortet der der Lektion</translation>
    </message>
    <message>
        <source>%1 of %2 particles are there.</source>
        <translation>%1 von %2 Partikeln sind da.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ModelBox</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The diffusion model, latent or pixel. Models… adds others and sets how they compute.</source>
        <translation>Das Diffusionsmodell, latent oder auf Pixeln. „Modelle …“ fügt andere hinzu und stellt ein, wie sie rechnen.</translation>
    </message>
    <message>
        <source>Mode&amp;l</source>
        <translation>Mo&amp;dell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto: the first CUDA card where there is one, else the processor</source>
        <translation>auto: die erste CUDA-Karte, sonst der Prozessor</translation>
    </message>
    <message>
        <source>Dev&amp;ice</source>
        <translation>G&amp;erät</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Predicted from the networks&apos; sizes, for the peak of one run with these settings</source>
        <translation>Aus den Größen der Netze vorhergesagt, für die Spitze eines Laufs mit diesen Einstellungen</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ModelDesk</name>
    <message>
        <source>Needs about %1 of memory</source>
        <translation>Braucht etwa %1 Speicher</translation>
    </message>
    <message>
        <source>%1. This computer has %2.</source>
        <translation>%1. Dieser Rechner hat %2.</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>The centre square</source>
        <translation>Das Quadrat der Mitte</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>Das ganze Foto</translation>
    </message>
    <message>
        <source>%1 is degraded and restored, %2</source>
        <translation>%1 wird verschlechtert und restauriert, %2</translation>
    </message>
    <message>
        <source>%1 will be restored in %2 tiles, %3</source>
        <translation>%1 wird in %2 Kacheln restauriert, %3</translation>
    </message>
    <message>
        <source>%1 will be restored, %2</source>
        <translation>%1 wird restauriert, %2</translation>
    </message>
    <message>
        <source>Fast, fewer steps or a smaller part take less time. Fast: %1.</source>
        <translation>Schnell, weniger Schritte oder ein kleinerer Ausschnitt brauchen weniger Zeit. Schnell: %1.</translation>
    </message>
    <message>
        <source>Fewer steps or a smaller part take less time.</source>
        <translation>Weniger Schritte oder ein kleinerer Ausschnitt brauchen weniger Zeit.</translation>
    </message>
    <message>
        <source>The crop</source>
        <translation>Der Ausschnitt</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ModelManager</name>
    <message>
        <source>comes with the studio</source>
        <translation>im Studio enthalten</translation>
    </message>
    <message>
        <source>being read…</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>Model folder in diffusers layout</source>
        <translation>Modellordner im Aufbau von diffusers</translation>
    </message>
    <message>
        <source>Checkpoint file</source>
        <translation>Checkpoint-Datei</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors);;All files (*)</source>
        <translation>Checkpoints (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Weights (*.safetensors);;All files (*)</source>
        <translation>Gewichte (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Add &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>A model in diffusers layout: unet, vae, text_encoder, tokenizer</source>
        <translation>Ein Modell im Aufbau von diffusers: unet, vae, text_encoder, tokenizer</translation>
    </message>
    <message>
        <source>Add fi&amp;le…</source>
        <translation>&amp;Datei hinzufügen …</translation>
    </message>
    <message>
        <source>One .safetensors checkpoint of Stable Diffusion 1.x or 2.x</source>
        <translation>Ein .safetensors-Checkpoint von Stable Diffusion 1.x oder 2.x</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Remove it from the list; its files stay</source>
        <translation>Aus der Liste entfernen; die Dateien bleiben</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>Dieses Modell &amp;nehmen</translation>
    </message>
    <message>
        <source>Restore with it from now on</source>
        <translation>Von jetzt an damit restaurieren</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Over the weight files one after the other; of a checkpoint, of the file itself</source>
        <translation>Über die Gewichtsdateien nacheinander; bei einem Checkpoint über die Datei selbst</translation>
    </message>
    <message>
        <source>How it computes</source>
        <translation>Wie es rechnet</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1, in Gebrauch</translation>
    </message>
    <message>
        <source>being computed…</source>
        <translation>wird berechnet …</translation>
    </message>
</context>
<context>
    <name>p2l::ui::NullSpaceStage</name>
    <message>
        <source>x + a n + b r</source>
        <translation>x + a n + b r</translation>
    </message>
    <message>
        <source>its measurement, A x′</source>
        <translation>seine Messung, A x′</translation>
    </message>
    <message>
        <source>The picture as it was moved</source>
        <translation>Das verschobene Bild</translation>
    </message>
    <message>
        <source>What the degradation leaves of it, without noise</source>
        <translation>Was die Degradation davon übrig lässt, ohne Rauschen</translation>
    </message>
    <message>
        <source>a: along what A &amp;destroys, n = (I − A⁺A) w</source>
        <translation>a: entlang dessen, was A &amp;zerstört, n = (I − A⁺A) w</translation>
    </message>
    <message>
        <source>Move along what A destroys</source>
        <translation>Entlang dessen bewegen, was A zerstört</translation>
    </message>
    <message>
        <source>b: along what A &amp;sees, r = A⁺A w</source>
        <translation>b: entlang dessen, was A &amp;sieht, r = A⁺A w</translation>
    </message>
    <message>
        <source>Move along what A sees</source>
        <translation>Entlang dessen bewegen, was A sieht</translation>
    </message>
    <message>
        <source>The part that A destroys is being computed…</source>
        <translation>Der Teil, den A zerstört, wird berechnet …</translation>
    </message>
    <message>
        <source>x has moved by %1, y by %2.</source>
        <translation>x hat sich um %1 bewegt, y um %2.</translation>
    </message>
    <message>
        <source>Of x&apos;s %1 numbers y keeps %2. Drag a: x moves, and what happens to y?</source>
        <translation>Von den %1 Zahlen in x behält y %2. An a ziehen: x bewegt sich, und was geschieht mit y?</translation>
    </message>
    <message>
        <source>A cannot tell the two pictures apart.</source>
        <translation>A kann die beiden Bilder nicht unterscheiden.</translation>
    </message>
    <message>
        <source>This way A sees: the measurement tells the pictures apart.</source>
        <translation>Diese Richtung sieht A: die Messung unterscheidet die Bilder.</translation>
    </message>
    <message>
        <source>being computed…</source>
        <translation>wird berechnet …</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ParamPanel</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Show or hide settings that rarely change</source>
        <translation>Selten geänderte Einstellungen zeigen oder verbergen</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>%1 ändern</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ParamRow</name>
    <message>
        <source>Browse…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2; default: %3. Double-click the name to reset.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: %2; Vorgabe: %3. Doppelklick auf den Namen setzt zurück.</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1, Regler</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>, %1</translation>
    </message>
    <message>
        <source>%1 is %2: %3 became %4.</source>
        <translation>%1 ist %2: aus %3 wurde %4.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PartRun</name>
    <message>
        <source>There is no picture yet: open one with Ctrl+O.</source>
        <translation>Noch kein Bild: eines mit Strg+O öffnen.</translation>
    </message>
    <message>
        <source>The part must lie inside of the photo.</source>
        <translation>Der Ausschnitt muss im Foto liegen.</translation>
    </message>
    <message>
        <source>The mask hides no pixel of this part: choose one with missing pixels.</source>
        <translation>Die Maske verdeckt kein Pixel dieses Ausschnitts: einen mit fehlenden Pixeln wählen.</translation>
    </message>
    <message>
        <source>Part of %1</source>
        <translation>Ausschnitt von %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PartTool</name>
    <message>
        <source>Part of the photo</source>
        <translation>Ausschnitt des Fotos</translation>
    </message>
    <message>
        <source>Part to try: drag a rectangle; or arrow keys move it, with Ctrl they size it, Enter takes it</source>
        <translation>Ausschnitt zum Proben: ein Rechteck ziehen; oder Pfeiltasten verschieben, mit Strg ändern sie die Größe, Eingabe übernimmt</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Restore the whole photo with these settings (F5)</source>
        <translation>Das ganze Foto mit diesen Einstellungen restaurieren (F5)</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>The same part with the settings of now</source>
        <translation>Derselbe Ausschnitt mit den jetzigen Einstellungen</translation>
    </message>
    <message>
        <source>Another part</source>
        <translation>Anderer Ausschnitt</translation>
    </message>
    <message>
        <source>Drag another rectangle</source>
        <translation>Ein anderes Rechteck ziehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Take the part away (Escape)</source>
        <translation>Ausschnitt entfernen (Esc)</translation>
    </message>
    <message>
        <source>Close the part</source>
        <translation>Ausschnitt schließen</translation>
    </message>
    <message>
        <source>There is no picture yet: open one with Ctrl+O.</source>
        <translation>Noch kein Bild: eines mit Strg+O öffnen.</translation>
    </message>
    <message>
        <source>Drag a rectangle, or Enter</source>
        <translation>Rechteck ziehen oder Eingabe</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Part · waiting</source>
        <translation>Ausschnitt · wartet</translation>
    </message>
    <message>
        <source>Part · waiting · %1</source>
        <translation>Ausschnitt · wartet · %1</translation>
    </message>
    <message>
        <source>Part · step %1 of %2</source>
        <translation>Ausschnitt · Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Part · %1 s</source>
        <translation>Ausschnitt · %1 s</translation>
    </message>
    <message>
        <source>%1 · former settings</source>
        <translation>%1 · frühere Einstellungen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>As result</source>
        <translation>Als Ergebnis</translation>
    </message>
    <message>
        <source>Crop the photo to this part, with its result to look at and to save</source>
        <translation>Das Foto auf diesen Ausschnitt zuschneiden, mit seinem Ergebnis zum Ansehen und Speichern</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PastRuns</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>%1
seed %2</source>
        <translation>%1
Startwert %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::HistoryLink</name>
    <message>
        <source>All runs of the history</source>
        <translation>Alle Läufe des Verlaufs</translation>
    </message>
    <message>
        <source>All earlier runs: search, star, rename, bring back (Ctrl+H)</source>
        <translation>Alle früheren Läufe: suchen, markieren, umbenennen, zurückholen (Strg+H)</translation>
    </message>
    <message>
        <source>History: %1 ▸</source>
        <translation>Verlauf: %1 ▸</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PastRunsPanel</name>
    <message>
        <source>History of runs</source>
        <translation>Verlauf der Läufe</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Click: bring back picture, steps and settings.</source>
        <translation>Klick: Bild, Schritte und Einstellungen zurückholen.</translation>
    </message>
    <message>
        <source>Click: bring back picture, curve and settings, and its steps where the history has room for them.</source>
        <translation>Klick: Bild, Kurve und Einstellungen zurückholen, auch die Schritte, wenn im Verlauf Platz für sie ist.</translation>
    </message>
    <message>
        <source>Click: bring back the settings. The picture was discarded to save memory.</source>
        <translation>Klick: Einstellungen zurückholen. Das Bild wurde verworfen, um Speicher zu sparen.</translation>
    </message>
    <message>
        <source>Every run stands here with its settings: a click brings it back.</source>
        <translation>Jeder Lauf steht hier mit seinen Einstellungen: ein Klick holt ihn zurück.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Add to Compare</source>
        <translation>Zum Vergleich hinzufügen</translation>
    </message>
    <message>
        <source>Compare the selected runs (%1)</source>
        <translation>Die gewählten Läufe vergleichen (%1)</translation>
    </message>
    <message>
        <source>Drag to Compare: hold it against others. Ctrl + click selects several.</source>
        <translation>Auf „Vergleich“ ziehen: mit anderen vergleichen. Strg + Klick wählt mehrere.</translation>
    </message>
    <message>
        <source>Take the star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Star: its curves stay</source>
        <translation>Stern: Kurven bleiben</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PictureTile</name>
    <message>
        <source>%1: click to enlarge</source>
        <translation>%1: Klick vergrößert</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PixelReadout</name>
    <message>
        <source>(%1, %2)  before %3  after %4</source>
        <translation>(%1, %2)  vorher %3  nachher %4</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PresetDialog</name>
    <message>
        <source>Presets of your own</source>
        <translation>Eigene Voreinstellungen</translation>
    </message>
    <message>
        <source>&amp;Save settings as…</source>
        <translation>Einstellungen &amp;speichern unter …</translation>
    </message>
    <message>
        <source>Keep solver, task, model and all values under a name</source>
        <translation>Löser, Aufgabe, Modell und alle Werte unter einem Namen speichern</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Another name for the chosen preset</source>
        <translation>Ein anderer Name für die gewählte Voreinstellung</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>Delete the chosen preset</source>
        <translation>Gewählte Voreinstellung löschen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Write the chosen preset to a file that another machine reads</source>
        <translation>Gewählte Voreinstellung in eine Datei schreiben, die ein anderer Rechner liest</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Voreinstellung speichern</translation>
    </message>
    <message>
        <source>There is a preset “%1” already. Replace it?</source>
        <translation>Es gibt schon eine Voreinstellung „%1“. Ersetzen?</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Rename preset</source>
        <translation>Voreinstellung umbenennen</translation>
    </message>
    <message>
        <source>Delete preset</source>
        <translation>Voreinstellung löschen</translation>
    </message>
    <message>
        <source>Delete the preset “%1”?</source>
        <translation>Die Voreinstellung „%1“ löschen?</translation>
    </message>
    <message>
        <source>Export preset</source>
        <translation>Voreinstellung exportieren</translation>
    </message>
    <message>
        <source>Preset (*.json)</source>
        <translation>Voreinstellung (*.json)</translation>
    </message>
    <message>
        <source>There is none yet.
Save settings as… keeps solver, task, model and all values under a name.</source>
        <translation>Noch keine.
„Einstellungen speichern unter …“ behält Löser, Aufgabe, Modell und alle Werte unter einem Namen.</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>Take the presets of a file that was exported here or on another machine</source>
        <translation>Voreinstellungen aus einer Datei holen, die hier oder auf einem anderen Rechner exportiert wurde</translation>
    </message>
    <message>
        <source>Import preset</source>
        <translation>Voreinstellung importieren</translation>
    </message>
    <message>
        <source>The name of a preset needs a letter or a digit, and “%1” has none of a–z and 0–9: choose another name.</source>
        <translation>Der Name einer Voreinstellung braucht einen Buchstaben oder eine Ziffer, und „%1“ hat keine von a–z und 0–9: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is no home folder to keep presets in: set XDG_DATA_HOME.</source>
        <translation>Für Voreinstellungen gibt es kein Benutzerverzeichnis: XDG_DATA_HOME setzen.</translation>
    </message>
    <message>
        <source>The preset was not saved: %1</source>
        <translation>Voreinstellung nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>The preset was not renamed: %1</source>
        <translation>Voreinstellung nicht umbenannt: %1</translation>
    </message>
    <message>
        <source>The preset was not deleted: %1</source>
        <translation>Voreinstellung nicht gelöscht: %1</translation>
    </message>
    <message>
        <source>The preset was not exported: %1</source>
        <translation>Voreinstellung nicht exportiert: %1</translation>
    </message>
    <message>
        <source>Nothing was imported: %1</source>
        <translation>Nichts importiert: %1</translation>
    </message>
    <message>
        <source>%1 holds no preset: choose a file that Export has written.</source>
        <translation>%1 enthält keine Voreinstellung: eine Datei wählen, die „Exportieren“ geschrieben hat.</translation>
    </message>
    <message>
        <source>Imported from %1 for the model %2, which is not here: %3. Add that model with Models… to use it.</source>
        <translation>Aus %1 importiert für das Modell %2, das hier fehlt: %3. Zum Verwenden das Modell mit „Modelle …“ hinzufügen.</translation>
    </message>
    <message>
        <source>There is a preset “%1” already: choose another name, or delete that one first.</source>
        <translation>Es gibt schon eine Voreinstellung „%1“: einen anderen Namen wählen oder diese zuerst löschen.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ProjectionPlot</name>
    <message>
        <source>Residual over the steps, before and after the projection</source>
        <translation>Residuum über die Schritte, vor und nach der Projektion</translation>
    </message>
    <message>
        <source>residual over the steps</source>
        <translation>Residuum über die Schritte</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>projected</source>
        <translation>projiziert</translation>
    </message>
    <message>
        <source>noise level</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>dashed: as in the lesson</source>
        <translation>gestrichelt: wie in der Lektion</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>dieser Lauf</translation>
    </message>
    <message>
        <source>as in the lesson</source>
        <translation>wie in der Lektion</translation>
    </message>
</context>
<context>
    <name>p2l::ui::QualityRow</name>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>A first look: few steps</source>
        <translation>Ein erster Blick: wenige Schritte</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Most of the quality in a fraction of the time</source>
        <translation>Fast die ganze Qualität in einem Bruchteil der Zeit</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Every step refined: several times as long</source>
        <translation>Jeder Schritt verfeinert: mehrmals so lange</translation>
    </message>
    <message>
        <source>quality %1</source>
        <translation>Qualität %1</translation>
    </message>
    <message>
        <source>%1. Made of the default preset of this model and task: %2, %3 steps, with a gradient</source>
        <translation>%1. Aus der Vorgabe für dieses Modell und diese Degradation: %2, %3 Schritte, mit Gradient</translation>
    </message>
    <message>
        <source>%1. Made of the default preset of this model and task: %2, %3 steps, without a gradient</source>
        <translation>%1. Aus der Vorgabe für dieses Modell und diese Degradation: %2, %3 Schritte, ohne Gradient</translation>
    </message>
</context>
<context>
    <name>p2l::ui::QueueDialog</name>
    <message>
        <source>%1 is %2 x %3 pixels and the mask %4 x %5: queue photos of the mask&apos;s size, or choose another mask.</source>
        <translation>%1 hat %2 x %3 Pixel und die Maske %4 x %5: Fotos von der Größe der Maske wählen oder eine andere Maske.</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Every photo runs through the settings of the moment when it is added. Results go beside the photos, as NAME-restored.png.</source>
        <translation>Für jedes Foto gelten die Einstellungen beim Hinzufügen. Ergebnisse liegen neben den Fotos, als NAME-restored.png.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>S&amp;kip photos whose result exists</source>
        <translation>Fotos ü&amp;berspringen, deren Ergebnis schon da ist</translation>
    </message>
    <message>
        <source>Otherwise the new result gets a number</source>
        <translation>Sonst bekommt das neue Ergebnis eine Nummer</translation>
    </message>
    <message>
        <source>&amp;Pause after the current photo</source>
        <translation>Nach dem laufenden Foto &amp;anhalten</translation>
    </message>
    <message>
        <source>The queue goes on when this is off</source>
        <translation>Ausgeschaltet geht es weiter</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>Noch ein&amp;mal</translation>
    </message>
    <message>
        <source>Let the chosen photo wait again</source>
        <translation>Das gewählte Foto wieder einreihen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>Take the chosen photo out of the work</source>
        <translation>Das gewählte Foto aus der Arbeit nehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The queue goes on</source>
        <translation>Die Warteschlange läuft weiter</translation>
    </message>
    <message>
        <source>Add &amp;files…</source>
        <translation>&amp;Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Photos to restore</source>
        <translation>Fotos zum Restaurieren</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>Ordn&amp;er hinzufügen …</translation>
    </message>
    <message>
        <source>All photos of a folder</source>
        <translation>Alle Fotos eines Ordners</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Protokoll …</translation>
    </message>
    <message>
        <source>What happened, a line each</source>
        <translation>Was geschehen ist, je eine Zeile</translation>
    </message>
    <message>
        <source>Cancel &amp;all</source>
        <translation>A&amp;lle abbrechen</translation>
    </message>
    <message>
        <source>Nothing waits any more</source>
        <translation>Nichts wartet mehr</translation>
    </message>
    <message>
        <source>Clear &amp;ended</source>
        <translation>E&amp;rledigte entfernen</translation>
    </message>
    <message>
        <source>Take those out that have ended</source>
        <translation>Beendete aus der Liste nehmen</translation>
    </message>
    <message>
        <source>; the queue is paused</source>
        <translation>; die Warteschlange ist angehalten</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>No photo waits: add some, or drop several on the window.</source>
        <translation>Kein Foto wartet: Fotos hinzufügen oder mehrere auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>Reading the photos that were added…</source>
        <translation>Hinzugefügte Fotos werden gelesen …</translation>
    </message>
    <message>
        <source>Photos that wait: %1</source>
        <translation>Wartende Fotos: %1</translation>
    </message>
    <message>
        <source>%1: step %2 of %3</source>
        <translation>%1: Schritt %2 von %3</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1 s/step</source>
        <translation>%1 s/Schritt</translation>
    </message>
    <message>
        <source>Of the photo at work: step, time elapsed, seconds per step. Of all that wait: time left</source>
        <translation>Vom Foto in Arbeit: Schritt, vergangene Zeit, Sekunden je Schritt. Von allen wartenden: verbleibende Zeit</translation>
    </message>
</context>
<context>
    <name>p2l::ui::RepeatDialog</name>
    <message>
        <source>Runs of each photo: %1 (%2).</source>
        <translation>Läufe für jedes Foto: %1 (%2).</translation>
    </message>
    <message>
        <source>Photos in the folder: %1.</source>
        <translation>Fotos im Ordner: %1.</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Ordner wird gelesen …</translation>
    </message>
    <message>
        <source>Table of the means</source>
        <translation>Tabelle der Mittel</translation>
    </message>
    <message>
        <source>No run could be made:</source>
        <translation>Kein Lauf war möglich:</translation>
    </message>
    <message>
        <source>Repeat on a folder</source>
        <translation>Auf einem Ordner wiederholen</translation>
    </message>
    <message>
        <source>Runs done: %1 of %2. What could not be done:</source>
        <translation>Läufe fertig: %1 von %2. Nicht möglich war:</translation>
    </message>
    <message>
        <source>Runs the same solvers on every photo of a folder, each with a measurement of its own, and makes the table of their means. Finished runs are kept; the same folder goes on there.</source>
        <translation>Rechnet dieselben Löser für jedes Foto eines Ordners, jedes mit eigener Messung, und macht die Tabelle ihrer Mittel. Fertige Läufe bleiben; derselbe Ordner geht dort weiter.</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>&amp;Fotos</translation>
    </message>
    <message>
        <source>Folder of the good photos that are degraded and restored</source>
        <translation>Ordner der guten Fotos, die verschlechtert und restauriert werden</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>&amp;Ergebnisse</translation>
    </message>
    <message>
        <source>Folder for reports, pictures and tables</source>
        <translation>Ordner für Berichte, Bilder und Tabellen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>What the evaluation says</source>
        <translation>Was die Auswertung sagt</translation>
    </message>
    <message>
        <source>Open the &amp;table</source>
        <translation>&amp;Tabelle öffnen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>Sto&amp;pp</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>The program p2l cannot be started: %1</source>
        <translation>Das Programm p2l lässt sich nicht starten: %1</translation>
    </message>
    <message>
        <source>It was stopped; start it again to go on.</source>
        <translation>Sie wurde angehalten; ein neuer Start macht weiter.</translation>
    </message>
    <message>
        <source>Something went wrong, as it says above. What was finished is kept.</source>
        <translation>Etwas ging schief, siehe oben. Was fertig ist, bleibt.</translation>
    </message>
    <message>
        <source>The evaluation goes on: stop it? Finished runs are kept, and Start goes on with the rest.</source>
        <translation>Die Auswertung läuft noch: anhalten? Fertige Läufe bleiben, und ein neuer Start macht mit dem Rest weiter.</translation>
    </message>
    <message>
        <source>Choose both folders, then press Start: the table of means appears here.</source>
        <translation>Beide Ordner wählen, dann Start drücken: Hier erscheint die Tabelle der Mittelwerte.</translation>
    </message>
    <message>
        <source>The results would lie among the photos in %1: give another folder, such as %2.</source>
        <translation>Die Ergebnisse lägen zwischen den Fotos in %1: einen anderen Ordner angeben, etwa %2.</translation>
    </message>
    <message>
        <source>The recipe is written to %1, which is there already and is none: give another folder for the results.</source>
        <translation>Das Rezept kommt nach %1, was schon da und keines ist: einen anderen Ordner für die Ergebnisse angeben.</translation>
    </message>
    <message>
        <source>Left out, of another measurement or with other options of the model: %1</source>
        <translation>Weggelassen, mit anderer Messung oder anderen Optionen des Modells: %1</translation>
    </message>
    <message>
        <source>Preparing… – %1</source>
        <translation>Vorbereitung … – %1</translation>
    </message>
    <message>
        <source>%1 of %2 · %3 left – %4</source>
        <translation>%1 von %2 · noch %3 – %4</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ResidualSparkline</name>
    <message>
        <source>Residual of the steps&apos; estimates</source>
        <translation>Residuum der Schätzungen der Schritte</translation>
    </message>
    <message>
        <source>Residual ‖y − A D(ẑ₀)‖ of each step&apos;s estimate; dashed: the noise level, its goal. The result&apos;s residual is ‖y − A x‖, of the picture x after the last step.</source>
        <translation>Residuum ‖y − A D(ẑ₀)‖ der Schätzung jedes Schritts; gestrichelt: der Rauschpegel, sein Ziel. Das Residuum des Ergebnisses ist ‖y − A x‖, vom Bild x nach dem letzten Schritt.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ResultSummary</name>
    <message>
        <source>Numbers of what is shown</source>
        <translation>Zahlen zum gezeigten Bild</translation>
    </message>
    <message>
        <source>residual %1 → goal %2</source>
        <translation>Residuum %1 → Ziel %2</translation>
    </message>
    <message>
        <source>residual %1</source>
        <translation>Residuum %1</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>projected</source>
        <translation>projiziert</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>The numbers appear with the first step.</source>
        <translation>Die Zahlen erscheinen mit dem ersten Schritt.</translation>
    </message>
    <message>
        <source>No result yet: press Run.</source>
        <translation>Noch kein Ergebnis: Starten drücken.</translation>
    </message>
    <message>
        <source>The picture was discarded to save memory; press Run.</source>
        <translation>Das Bild wurde verworfen, um Speicher zu sparen; Starten drücken.</translation>
    </message>
    <message>
        <source>PSNR, SSIM and LPIPS against the photo, with the PSNR of the measurement, or where it has holes of Telea&apos;s fill, which a gain counts from, and of the autoencoder alone, which bounds every latent solver that does not end on the data; ‖y − A x‖ of the result x, where the curve is of each step&apos;s estimate, with the noise level σ√m as its goal; seconds.</source>
        <translation>PSNR, SSIM und LPIPS gegen das Foto, mit der PSNR der Messung, oder wo sie Löcher hat der Füllung nach Telea, von der aus ein Gewinn zählt, und der des Autoencoders allein, die jeden latenten Löser begrenzt, der nicht auf den Daten endet; ‖y − A x‖ des Ergebnisses x, wo die Kurve von der Schätzung jedes Schritts ist, mit dem Rauschpegel σ√m als Ziel; Sekunden.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::RunBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Before a run: what it is expected to take. During it: step, time left, time elapsed, seconds per step</source>
        <translation>Vor einem Lauf: was er voraussichtlich braucht. Währenddessen: Schritt, Restzeit, vergangene Zeit, Sekunden je Schritt</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Restore the photo with these settings</source>
        <translation>Das Foto mit diesen Einstellungen restaurieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause within one network evaluation, or resume</source>
        <translation>Innerhalb einer Netzauswertung anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>One sampling step, then pause</source>
        <translation>Ein Schritt des Samplers, dann Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the run and keep the last estimate</source>
        <translation>Lauf stoppen und die letzte Schätzung behalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>Divergiert</translation>
    </message>
    <message>
        <source>Stopped before the first step: nothing new was made</source>
        <translation>Vor dem ersten Schritt gestoppt: nichts Neues entstanden</translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation>Der Lauf ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The run did not start</source>
        <translation>Der Lauf hat nicht begonnen</translation>
    </message>
    <message>
        <source>%1, brought back</source>
        <translation>%1, zurückgeholt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>Vorbereitung …</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Stoppt …</translation>
    </message>
    <message>
        <source>Before a run: what it is expected to take. During it: step, time left, time elapsed, seconds per step.</source>
        <translation>Vor einem Lauf: was er voraussichtlich braucht. Währenddessen: Schritt, Restzeit, vergangene Zeit, Sekunden je Schritt.</translation>
    </message>
    <message>
        <source>%1 · next run: %2</source>
        <translation>%1 · nächster Lauf: %2</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Go on with the run</source>
        <translation>Den Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Restore the photo with the changed settings, with the same seed</source>
        <translation>Das Foto mit den geänderten Einstellungen und demselben Startwert restaurieren</translation>
    </message>
    <message>
        <source>Open a photo first: press Ctrl+O, or drop it on the window.</source>
        <translation>Erst ein Foto öffnen: mit Strg+O, oder es auf das Fenster ziehen.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::RunKeeper</name>
    <message>
        <source>The run on %1 is in the history without the pictures of its steps: %2</source>
        <translation>Der Lauf an %1 ist ohne die Bilder seiner Schritte im Verlauf: %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::RunModel</name>
    <message>
        <source>The crop %1 is not inside of this photo: the whole photo is taken.</source>
        <translation>Der Ausschnitt %1 liegt nicht in diesem Foto: das ganze Foto gilt.</translation>
    </message>
    <message>
        <source>A run is in progress: stop it or wait for it.</source>
        <translation>Eine Rechnung läuft: stoppen oder abwarten.</translation>
    </message>
    <message>
        <source>There is no picture yet: open one with Ctrl+O or drop it on the window.</source>
        <translation>Noch kein Bild: eines mit Strg+O öffnen oder auf das Fenster ziehen.</translation>
    </message>
    <message>
        <source>A mask or a kernel is still being read: press Run again in a moment.</source>
        <translation>Eine Maske oder ein Faltungskern wird noch gelesen: gleich noch einmal Starten drücken.</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
    <message>
        <source>bring back %1</source>
        <translation>%1 zurückholen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::SeedBox</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>p2l::ui::SeedsStage</name>
    <message>
        <source>Picture of the tile</source>
        <translation>Bild der Kachel</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>What the runs have not seen</source>
        <translation>Was die Läufe nicht gesehen haben</translation>
    </message>
    <message>
        <source>measurement (y)</source>
        <translation>Messung (y)</translation>
    </message>
    <message>
        <source>one run</source>
        <translation>ein Lauf</translation>
    </message>
    <message>
        <source>mean of all runs</source>
        <translation>Mittel aller Läufe</translation>
    </message>
    <message>
        <source>spread: where they differ</source>
        <translation>Streuung der Läufe</translation>
    </message>
    <message>
        <source>error of the mean</source>
        <translation>Fehler des Mittels</translation>
    </message>
    <message>
        <source>after the runs</source>
        <translation>nach den Läufen</translation>
    </message>
    <message>
        <source>Several runs of the same measurement, each from other noise: where do they differ?</source>
        <translation>Mehrere Läufe derselben Messung, jeder aus anderem Rauschen: wo unterscheiden sie sich?</translation>
    </message>
    <message>
        <source>Where the %1 runs agree (spread %2 grey levels) their mean is wrong by &lt;b&gt;%3&lt;/b&gt;; where they differ (%4) by &lt;b&gt;%5&lt;/b&gt;.</source>
        <translation>Wo die %1 Läufe übereinstimmen (Streuung %2 Graustufen), irrt ihr Mittel um &lt;b&gt;%3&lt;/b&gt;; wo sie sich unterscheiden (%4), um &lt;b&gt;%5&lt;/b&gt;.</translation>
    </message>
    <message>
        <source>being computed…</source>
        <translation>wird berechnet …</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>the newest run</source>
        <translation>der neueste Lauf</translation>
    </message>
    <message>
        <source>after two runs</source>
        <translation>nach zwei Läufen</translation>
    </message>
    <message>
        <source>%1 of %2 runs are there. Watch the mean: where the runs differ it gets smooth, and the spread gets bright.</source>
        <translation>%1 von %2 Läufen sind da. Das Mittel wird glatt und die Streuung hell, wo sich die Läufe unterscheiden.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::SettingsUndo</name>
    <message>
        <source>change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>%1 settings</source>
        <translation>%1 Einstellungen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>further task</source>
        <translation>weitere Aufgabe</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>Faltungskern</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Einbettung</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>measurement seed</source>
        <translation>Startwert der Messung</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::SolverPanel</name>
    <message>
        <source>More of the solver</source>
        <translation>Mehr zum Löser</translation>
    </message>
    <message>
        <source>More of the sampler</source>
        <translation>Mehr zum Sampler</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>&amp;Solver</source>
        <translation>&amp;Löser</translation>
    </message>
    <message>
        <source>Prese&amp;t</source>
        <translation>&amp;Voreinstellung</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>The text that the embedding C starts from; empty is the null prompt. P2L tunes it from there.</source>
        <translation>Der Text, mit dem die Einbettung C beginnt; leer ist der leere Prompt. Von dort passt P2L sie an.</translation>
    </message>
    <message>
        <source>Clear the prompt</source>
        <translation>Prompt leeren</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Start from an embedding in a file</source>
        <translation>Mit einer Einbettung aus einer Datei beginnen</translation>
    </message>
    <message>
        <source>Start from a tuned embedding that you saved (File &gt; Save tuned embedding), or use the word of a textual inversion</source>
        <translation>Mit einer gespeicherten angepassten Einbettung beginnen (Datei &gt; Angepasste Einbettung speichern) oder das Wort einer Textual Inversion verwenden</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>&amp;Prompt</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Draws the first latent z_T and the sampler&apos;s noise. The same seed gives the same picture.</source>
        <translation>Zieht das erste Latent z_T und das Rauschen des Samplers. Derselbe Startwert gibt dasselbe Bild.</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Draw another seed</source>
        <translation>Einen anderen Startwert ziehen</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>&amp;Startwert</translation>
    </message>
    <message>
        <source>Working size</source>
        <translation>Arbeitsgröße</translation>
    </message>
    <message>
        <source>As it is, or the centre square of the photo resized. Smaller is faster.</source>
        <translation>Wie es ist, oder das Quadrat der Mitte des Fotos verkleinert. Kleiner ist schneller.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>Working si&amp;ze</source>
        <translation>&amp;Arbeitsgröße</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the embedding</source>
        <translation>Einbettung entfernen</translation>
    </message>
    <message>
        <source>Start from the text above again; empty is the null prompt</source>
        <translation>Wieder mit dem Text darüber beginnen; leer ist der leere Prompt</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Needs a linear degradation, and this one is not</source>
        <translation>Braucht eine lineare Degradation, und diese ist es nicht</translation>
    </message>
    <message>
        <source>%1 × %1, centre</source>
        <translation>%1 × %1, Mitte</translation>
    </message>
    <message>
        <source>number of a class, 0 to %1; none</source>
        <translation>Nummer einer Klasse, 0 bis %1; keine</translation>
    </message>
    <message>
        <source>not read by a pixel model</source>
        <translation>liest ein Pixelmodell nicht</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>embedding: %1</source>
        <translation>Einbettung: %1</translation>
    </message>
    <message>
        <source>%1 in the prompt stands for %2</source>
        <translation>%1 im Prompt steht für %2</translation>
    </message>
    <message>
        <source>Starts from the embedding %1</source>
        <translation>Beginnt mit der Einbettung %1</translation>
    </message>
    <message>
        <source>After: %1</source>
        <translation>Nach: %1</translation>
    </message>
    <message>
        <source>The model could not be loaded.</source>
        <translation>Das Modell konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>%1 million weights, best at %2 × %2; ready after %3 s</source>
        <translation>%1 Millionen Gewichte, am besten bei %2 × %2; bereit nach %3 s</translation>
    </message>
    <message>
        <source>The centre square of %1</source>
        <translation>Das Quadrat der Mitte von %1</translation>
    </message>
    <message>
        <source>%1; the result is %2</source>
        <translation>%1; das Ergebnis ist %2</translation>
    </message>
    <message>
        <source>Defaults of the solver</source>
        <translation>Vorgaben des Lösers</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene Werte</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>Voreinstellung %1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>Values for this model, degradation and solver</source>
        <translation>Werte für dieses Modell, diese Degradation und diesen Löser</translation>
    </message>
    <message>
        <source>the crop %1</source>
        <translation>der Ausschnitt %1</translation>
    </message>
    <message>
        <source>A crop of %1: %2</source>
        <translation>Ein Ausschnitt von %1: %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::StatusLine</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>What a run will do</source>
        <translation>Was ein Lauf tun wird</translation>
    </message>
    <message>
        <source>Model and device</source>
        <translation>Modell und Gerät</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>Kein Foto</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>sRGB</source>
        <translation>sRGB</translation>
    </message>
    <message>
        <source>%1 bit</source>
        <translation>%1 Bit</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>automatic device</source>
        <translation>Gerät automatisch</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
</context>
<context>
    <name>p2l::ui::StepNumbers</name>
    <message>
        <source>Numbers of the step</source>
        <translation>Zahlen des Schritts</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Of the run that is shown</source>
        <translation>Des gezeigten Laufs</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Timestep t</source>
        <translation>Zeitschritt t</translation>
    </message>
    <message>
        <source>Of the training&apos;s noise schedule: large is noisy</source>
        <translation>Im Rauschplan des Trainings: groß ist verrauscht</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>‖y − A D(ẑ₀)‖: how far the estimate is from the measurement</source>
        <translation>‖y − A D(ẑ₀)‖: wie weit die Schätzung von der Messung entfernt ist</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>The noise level σ√m</source>
        <translation>Der Rauschpegel σ√m</translation>
    </message>
    <message>
        <source>After projection</source>
        <translation>Projiziert</translation>
    </message>
    <message>
        <source>‖y − A x‖ of the picture that the projection made</source>
        <translation>‖y − A x‖ des Bildes, das die Projektion ergab</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Of the estimate against the truth, dB</source>
        <translation>Der Schätzung gegen das Original, dB</translation>
    </message>
    <message>
        <source>Prompt drift</source>
        <translation>Prompt-Drift</translation>
    </message>
    <message>
        <source>‖C_t − C₀‖: how far the prompt was tuned</source>
        <translation>‖C_t − C₀‖: wie weit der Prompt angepasst wurde</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Of the residual with respect to z_t</source>
        <translation>Des Residuums nach z_t</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Of this step</source>
        <translation>Dieses Schritts</translation>
    </message>
</context>
<context>
    <name>p2l::ui::StepTimeline</name>
    <message>
        <source>Timeline of the run</source>
        <translation>Zeitleiste des Laufs</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Voriger Schritt</translation>
    </message>
    <message>
        <source>Previous step (Left arrow)</source>
        <translation>Voriger Schritt (Pfeil links)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play the evolution (Space)</source>
        <translation>Verlauf abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Next step (Right arrow)</source>
        <translation>Nächster Schritt (Pfeil rechts)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Follow the run</source>
        <translation>Dem Lauf folgen</translation>
    </message>
    <message>
        <source>Follow the run: its newest step is shown (End)</source>
        <translation>Dem Lauf folgen: sein neuester Schritt wird gezeigt (Ende)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Step of the run: drag, or use the arrow keys, Home and End; Space plays</source>
        <translation>Schritt des Laufs: ziehen oder Pfeiltasten, Pos1 und Ende; die Leertaste spielt ab</translation>
    </message>
    <message>
        <source>Pause the playback</source>
        <translation>Abspielen anhalten</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Step %1 / %2</source>
        <translation>Schritt %1 / %2</translation>
    </message>
    <message>
        <source>%1 – t = %2</source>
        <translation>%1 – t = %2</translation>
    </message>
    <message>
        <source>– / –</source>
        <translation>– / –</translation>
    </message>
</context>
<context>
    <name>p2l::ui::TaskColumn</name>
    <message>
        <source>Solver and all parameters: Lab ▸</source>
        <translation>Löser und alle Parameter: Labor ▸</translation>
    </message>
    <message>
        <source>Solver and all parameters</source>
        <translation>Löser und alle Parameter</translation>
    </message>
    <message>
        <source>Every slider, in the place of this column</source>
        <translation>Alle Regler, anstelle dieser Spalte</translation>
    </message>
    <message>
        <source>Settings shown</source>
        <translation>Gezeigte Einstellungen</translation>
    </message>
    <message>
        <source>Solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>How the photo is restored: solver, preset, parameters, model</source>
        <translation>Wie das Foto restauriert wird: Löser, Voreinstellung, Parameter, Modell</translation>
    </message>
    <message>
        <source>Degradation</source>
        <translation>Degradation</translation>
    </message>
    <message>
        <source>What happened to the photo, or is done to it</source>
        <translation>Was mit dem Foto passiert ist oder gemacht wird</translation>
    </message>
</context>
<context>
    <name>p2l::ui::TaskTiles</name>
    <message>
        <source>Too small</source>
        <translation>Zu klein</translation>
    </message>
    <message>
        <source>The photo has too few pixels: enlarge it</source>
        <translation>Das Foto hat zu wenige Pixel: vergrößern</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>The lens was not in focus: every point is a disc</source>
        <translation>Das Objektiv war nicht scharf gestellt: jeder Punkt ist eine Scheibe</translation>
    </message>
    <message>
        <source>Shaken</source>
        <translation>Verwackelt</translation>
    </message>
    <message>
        <source>The camera moved: every point is a streak</source>
        <translation>Die Kamera hat sich bewegt: jeder Punkt ist ein Strich</translation>
    </message>
    <message>
        <source>Scratched</source>
        <translation>Zerkratzt</translation>
    </message>
    <message>
        <source>Parts are missing: paint what is to be filled</source>
        <translation>Teile fehlen: anmalen, was zu füllen ist</translation>
    </message>
    <message>
        <source>Noisy</source>
        <translation>Verrauscht</translation>
    </message>
    <message>
        <source>Grain and colour specks</source>
        <translation>Korn und Farbflecken</translation>
    </message>
    <message>
        <source>JPEG</source>
        <translation>JPEG</translation>
    </message>
    <message>
        <source>Compressed too much: blocks and ringing</source>
        <translation>Zu stark komprimiert: Blöcke und Säume</translation>
    </message>
    <message>
        <source>What happened to the photo?</source>
        <translation>Was ist mit dem Foto passiert?</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr …</translation>
    </message>
    <message>
        <source>Other kinds of damage</source>
        <translation>Andere Arten von Schäden</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>More: %1</source>
        <translation>Mehr: %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ThenBox</name>
    <message>
        <source>More of the second degradation</source>
        <translation>Mehr zur zweiten Degradation</translation>
    </message>
    <message>
        <source>Second degradation</source>
        <translation>Zweite Degradation</translation>
    </message>
    <message>
        <source>nothing more</source>
        <translation>nichts weiter</translation>
    </message>
    <message>
        <source>The&amp;n</source>
        <translation>Da&amp;nn</translation>
    </message>
    <message>
        <source>A second degradation A₂ on what the first gives: y = A₂ A₁ x + n</source>
        <translation>Eine zweite Degradation A₂ auf das, was die erste ergibt: y = A₂ A₁ x + n</translation>
    </message>
    <message>
        <source>A₂ of y = A₂ A₁ x + n. %1</source>
        <translation>A₂ in y = A₂ A₁ x + n. %1</translation>
    </message>
</context>
<context>
    <name>p2l::ui::TopBar</name>
    <message>
        <source>Menu: everything that the studio can do (F9)</source>
        <translation>Menü: alles, was das Studio kann (F9)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Ein Foto öffnen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the result, and what else can be written</source>
        <translation>Das Ergebnis speichern, und was sich sonst schreiben lässt</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
</context>
<context>
    <name>p2l::ui::WidthStrip</name>
    <message>
        <source>Smaller widths</source>
        <translation>Kleinere Breiten</translation>
    </message>
    <message>
        <source>Larger widths</source>
        <translation>Größere Breiten</translation>
    </message>
    <message>
        <source>Try smaller widths (−); the smallest of these stays</source>
        <translation>Kleinere Breiten versuchen (−); die kleinste von diesen bleibt</translation>
    </message>
    <message>
        <source>Try larger widths (+); the largest of these stays</source>
        <translation>Größere Breiten versuchen (+); die größte von diesen bleibt</translation>
    </message>
    <message>
        <source>Not sure? Widths</source>
        <translation>Unsicher? Breiten</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>%1 …</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A wrong angle makes rings at every width: choose the angle first, then come back for the width.</source>
        <translation>Ein falscher Winkel macht Ringe bei jeder Breite: erst den Winkel wählen, dann noch einmal die Breite.</translation>
    </message>
    <message>
        <source>%1: %2, the present value</source>
        <translation>%1: %2, der jetzige Wert</translation>
    </message>
    <message>
        <source>The present value</source>
        <translation>Der jetzige Wert</translation>
    </message>
    <message>
        <source>Choose this value</source>
        <translation>Diesen Wert wählen</translation>
    </message>
    <message>
        <source>Too small leaves it soft; too large makes rings around edges. Click the best.</source>
        <translation>Zu klein bleibt weich; zu groß macht Ringe um Kanten. Das beste anklicken.</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
</context>
<context>
    <name>p2l::ui::CompareLines</name>
    <message>
        <source>Keys 1 to 9 change the run at the same line. Click a tile to enlarge it.</source>
        <translation>Die Tasten 1 bis 9 wechseln den Lauf bei gleicher Zeile. Ein Klick auf eine Kachel vergrößert sie.</translation>
    </message>
    <message>
        <source>Run that is looked at line by line</source>
        <translation>Lauf, der Zeile für Zeile angesehen wird</translation>
    </message>
    <message>
        <source>The run whose step is shown (keys 1 to 9)</source>
        <translation>Der Lauf, dessen Schritt gezeigt wird (Tasten 1 bis 9)</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Whole step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>On to the next step</source>
        <translation>Weiter zum nächsten Schritt</translation>
    </message>
    <message>
        <source>There is no run to look at: add solvers, or the ladder, and run them.</source>
        <translation>Es gibt keinen Lauf zum Ansehen: Löser oder die Leiter hinzufügen und starten.</translation>
    </message>
    <message>
        <source>This run was not made yet: Run all (F5) makes it.</source>
        <translation>Dieser Lauf fehlt noch: „Alle starten“ (F5) rechnet ihn.</translation>
    </message>
    <message>
        <source>This run is not at its end.</source>
        <translation>Dieser Lauf ist nicht am Ende.</translation>
    </message>
    <message>
        <source>The photo of this run is not at hand, so its lines cannot be shown.</source>
        <translation>Das Foto dieses Laufs ist nicht zur Hand, darum lassen sich seine Zeilen nicht zeigen.</translation>
    </message>
    <message>
        <source>It is made once more for these pictures: step %1 of %2.</source>
        <translation>Für diese Bilder wird er noch einmal gerechnet: Schritt %1 von %2.</translation>
    </message>
    <message>
        <source>It is made once more for these pictures.</source>
        <translation>Für diese Bilder wird er noch einmal gerechnet.</translation>
    </message>
    <message>
        <source>The next line of the step; after the last one the next step. Shift+N goes back.</source>
        <translation>Die nächste Zeile des Schritts; nach der letzten der nächste Schritt. Umschalt+N geht zurück.</translation>
    </message>
</context>
<context>
    <name>p2l::ui::ShortcutSheet</name>
    <message>
        <source>On the photo</source>
        <translation>Auf dem Foto</translation>
    </message>
    <message>
        <source>Show the picture before, while held</source>
        <translation>Bild davor zeigen, solange gehalten</translation>
    </message>
    <message>
        <source>Flicker, while held</source>
        <translation>Wechseln, solange gehalten</translation>
    </message>
    <message>
        <source>Pan, while held</source>
        <translation>Verschieben, solange gehalten</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Brush smaller, larger</source>
        <translation>Pinsel kleiner, größer</translation>
    </message>
    <message>
        <source>Leave a tool</source>
        <translation>Werkzeug verlassen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Slider ten times as fast, as fine</source>
        <translation>Regler zehnmal so schnell, so fein</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>A tile of the comparison alone</source>
        <translation>Eine Kachel des Vergleichs allein</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>A step line by line, in Learn and Lines</source>
        <translation>Ein Schritt Zeile für Zeile, in „Lernen“ und „Zeilen“</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Line before</source>
        <translation>Zeile davor</translation>
    </message>
    <message>
        <source>Shift+N</source>
        <translation>Umschalt+N</translation>
    </message>
    <message>
        <source>Another run at the same line, in Lines</source>
        <translation>Ein anderer Lauf, dieselbe Zeile, in „Zeilen“</translation>
    </message>
    <message>
        <source>Larger, smaller pictures</source>
        <translation>Bilder größer, kleiner</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Foto verschieben</translation>
    </message>
    <message>
        <source>Larger, smaller</source>
        <translation>Größer, kleiner</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>Trennlinie verschieben</translation>
    </message>
    <message>
        <source>Another divider, on Compare</source>
        <translation>Andere Trennlinie, im Vergleich</translation>
    </message>
    <message>
        <source>Divider to the middle; else 100 %, or all of it</source>
        <translation>Trennlinie in die Mitte; sonst 100 % oder das Ganze</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>On the timeline</source>
        <translation>Auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Play, pause</source>
        <translation>Abspielen, anhalten</translation>
    </message>
    <message>
        <source>The step before, the next</source>
        <translation>Schritt davor, danach</translation>
    </message>
    <message>
        <source>A tenth back, on</source>
        <translation>Ein Zehntel zurück, vor</translation>
    </message>
    <message>
        <source>First step, newest step</source>
        <translation>Erster Schritt, neuester Schritt</translation>
    </message>
    <message>
        <source>The menu</source>
        <translation>Das Menü</translation>
    </message>
    <message>
        <source>A setting as it was</source>
        <translation>Einstellung zurücksetzen</translation>
    </message>
    <message>
        <source>An area of the pictures, on Compare</source>
        <translation>Ein Bereich der Bilder, im Vergleich</translation>
    </message>
    <message>
        <source>Begin or take up, let go</source>
        <translation>Beginnen oder aufnehmen, loslassen</translation>
    </message>
    <message>
        <source>Move it</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Narrower, wider</source>
        <translation>Schmaler, breiter</translation>
    </message>
    <message>
        <source>Lower, higher</source>
        <translation>Niedriger, höher</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::HeatScale</name>
    <message>
        <source>Colours of spread and error</source>
        <translation>Farben von Streuung und Fehler</translation>
    </message>
    <message>
        <source>Black: 0; white: the largest spread or error of a pixel, in grey levels of 255</source>
        <translation>Schwarz: 0; Weiß: die größte Streuung oder der größte Fehler eines Pixels, in Graustufen von 255</translation>
    </message>
    <message>
        <source>black is 0, white is %1 grey levels</source>
        <translation>Schwarz ist 0, Weiß sind %1 Graustufen</translation>
    </message>
    <message>
        <source>grey levels</source>
        <translation>Graustufen</translation>
    </message>
</context>
<context>
    <name>p2l::ui::MadeUpMenu</name>
    <message>
        <source>Seeds of Made up here</source>
        <translation>Startwerte für „Erfunden“</translation>
    </message>
    <message>
        <source>Further seeds</source>
        <translation>Weitere Startwerte</translation>
    </message>
    <message>
        <source>More seeds show more surely what is made up, and each is a run of its own</source>
        <translation>Mehr Startwerte zeigen sicherer, was erfunden ist; jeder ist ein eigener Lauf</translation>
    </message>
</context>
<context>
    <name>p2l::ui::RunStatus</name>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>at least %1 left</source>
        <translation>noch mindestens %1</translation>
    </message>
    <message>
        <source>%1 s/step</source>
        <translation>%1 s/Schritt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (paused)</source>
        <translation>%1 (angehalten)</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, noch %2</translation>
    </message>
</context>
<context>
    <name>p2l::ui::PhotoTools</name>
    <message>
        <source>The part in progress, in step %1 of %2.</source>
        <translation>Der laufende Ausschnitt, in Schritt %1 von %2.</translation>
    </message>
    <message>
        <source>The part in progress.</source>
        <translation>Der laufende Ausschnitt.</translation>
    </message>
</context>
</TS>
