/** An article of the seeded knowledge base. */
export interface ArticleText {
  readonly slug: string;
  readonly locale: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly body: string;
}

/** Two articles in each language. */
export const ARTICLES: readonly ArticleText[] = [
  {
    slug: 'return-an-order',
    locale: 'en',
    title: 'Return an order',
    description: 'How to return an order within 30 days.',
    tags: ['returns'],
    body: '## Before you return\n\nYou have **30 days** to return an order.\n\n1. Print the return label.\n2. Pack the goods.\n3. Hand the parcel to the carrier.',
  },
  {
    slug: 'find-your-invoice',
    locale: 'en',
    title: 'Find your invoice',
    description: 'Where to download invoices.',
    tags: ['billing'],
    body: 'Open **Account**, choose *Billing*, and select the invoice that you need.',
  },
  {
    slug: 'bestellung-zurueckgeben',
    locale: 'de',
    title: 'Bestellung zurückgeben',
    description: 'So geben Sie eine Bestellung innerhalb von 30 Tagen zurück.',
    tags: ['returns'],
    body: '## Vor der Rückgabe\n\nSie haben **30 Tage** Zeit.\n\n1. Drucken Sie das Etikett.\n2. Verpacken Sie die Ware.\n3. Geben Sie das Paket ab.',
  },
  {
    slug: 'rechnung-finden',
    locale: 'de',
    title: 'Rechnung finden',
    description: 'Hier laden Sie Ihre Rechnungen herunter.',
    tags: ['billing'],
    body: 'Öffnen Sie **Konto**, wählen Sie *Abrechnung* und dann die gewünschte Rechnung.',
  },
  {
    slug: 'devolver-un-pedido',
    locale: 'es',
    title: 'Devolver un pedido',
    description: 'Cómo devolver un pedido en 30 días.',
    tags: ['returns'],
    body: '## Antes de devolver\n\nTiene **30 días** para devolver un pedido.\n\n1. Imprima la etiqueta.\n2. Embale la mercancía.\n3. Entregue el paquete.',
  },
  {
    slug: 'encontrar-la-factura',
    locale: 'es',
    title: 'Encontrar la factura',
    description: 'Dónde descargar las facturas.',
    tags: ['billing'],
    body: 'Abra **Cuenta**, elija *Facturación* y seleccione la factura.',
  },
];
