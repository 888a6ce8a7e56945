// What a coupon takes off, in words.
import { t, won } from './i18n.js';

export const discount = coupon => t('off', { what: coupon.discountRate === null ? won(coupon.discountAmount) : `${coupon.discountRate}%` });
