package io.github.embeddedcommerce.examples.guide

import io.github.embeddedcommerce.CommerceFacade
import io.github.embeddedcommerce.error.CommerceException
import io.github.embeddedcommerce.error.ErrorCode
import io.github.embeddedcommerce.jdbc.JdbcCommerce
import io.github.embeddedcommerce.order.PayOrder
import io.github.embeddedcommerce.order.PlaceOrder
import io.github.embeddedcommerce.order.Receipt
import io.github.embeddedcommerce.product.NewProduct
import io.github.embeddedcommerce.product.OptionId
import io.github.embeddedcommerce.user.TopUp
import io.github.embeddedcommerce.user.UserId
import org.joda.money.CurrencyUnit
import org.joda.money.Money

fun sellAMug(): String =
    JdbcCommerce.open("jdbc:h2:mem:kotlin").build().use { shop ->
        val mug = shop.products().register(
            NewProduct.of("Mug", "kitchen", won(12_000)).withOption("MUG-BLUE", 10))
        val ann = shop.users().register(UserId("ann")).id()
        shop.users().topUp(TopUp.of(ann, won(50_000)))

        val receipt = buy(shop, ann, mug.option("MUG-BLUE").id(), 2)
        val tooMany = buy(shop, ann, mug.option("MUG-BLUE").id(), 9)
        "${receipt?.paidAmount()} paid, then ${tooMany ?: "sold out"}"
    }

/** Null if there are not enough. */
fun buy(shop: CommerceFacade, user: UserId, option: OptionId, quantity: Long): Receipt? =
    try {
        val order = shop.orders().place(PlaceOrder.by(user).line(option, quantity))
        shop.orders().pay(PayOrder.by(user, order.id()))
    } catch (refusal: CommerceException) {
        if (refusal.code() == ErrorCode.INSUFFICIENT_STOCK) null else throw refusal
    }

private fun won(amount: Long): Money = Money.ofMinor(CurrencyUnit.of("KRW"), amount)
