package io.github.embeddedcommerce.canary.product;

interface ProductService {
    interface PriceUtil {}

    interface StockManager {}

    interface SkuHelper {}

    interface ProductServiceImpl {}
}
