import { amount, carry, ref } from '../../../public/index.ts';
import { mapping, required, timestamps } from '../mapping.ts';

export const items = mapping({
  from: 'public.Item',
  to: 'items',
  columns: {
    id: carry('id'),
    title: carry('title'),
    description: carry('description'),
    price: amount('price'),
    condition: carry('condition'),
    brand: carry('brand'),
    model: carry('model'),
    image_urls: carry('imageUrls'),
    detection_score: carry('detectionScore'),
    user_id: ref('users', 'userId', required),
    category_confidence: carry('categoryConfidence'),
    detected_category: carry('detectedCategory'),
    detected_brand: carry('detectedBrand'),
    quality_score: carry('qualityScore'),
    dimensions: carry('dimensions'),
    defects: carry('defects'),
    ...timestamps,
  },
});
