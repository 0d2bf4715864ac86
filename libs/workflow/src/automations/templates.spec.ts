import { sampleFacts } from './rule.samples.js';
import { renderTemplate, templateFaults } from './templates.js';

describe('templateFaults', () => {
  it.each(['Hello', 'Hello {{contact.name}}', '{% if contact.company %}{{ contact.company | upcase }}{% endif %}', '{{ conversation.custom_fields.order_id }}', '{{ contact["name"] }}'])(
    'should find nothing wrong with %s',
    (text) => expect(templateFaults(text)).toEqual([]),
  );

  it.each([
    ['Hello {{contact.nam}}', 'has no variable "contact.nam": did you mean "contact.name"?'],
    ['{{ password }}', 'has no variable "password"'],
    ['{{ contact.name | nosuchfilter }}', 'undefined filter: nosuchfilter'],
    ['{% for x in %}', 'is not a valid Liquid template'],
    ['{{ contact.name', 'is not a valid Liquid template'],
  ])('should refuse %s', (text, fault) => {
    expect(templateFaults(text).join('; ')).toContain(fault);
  });

  it('should refuse files and other templates', () => {
    expect(templateFaults('{% include "/etc/passwd" %}').length + templateFaults('{% render "x" %}').length).toBeGreaterThan(0);
  });
});

describe('renderTemplate', () => {
  it('should fill in variables', () => {
    expect(renderTemplate('Hello {{contact.first_name}}, number {{conversation.number}}', sampleFacts())).toBe('Hello John, number 7');
  });

  it('should stop a text that runs on', () => {
    const endless = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}';
    const started = Date.now();
    expect(() => renderTemplate(endless, sampleFacts())).toThrow();
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('should not reach prototypes', () => {
    expect(renderTemplate('{{ contact.constructor }}{{ conversation.tags.constructor }}', sampleFacts())).toBe('');
  });
});
