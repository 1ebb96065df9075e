using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ShopConfiguration
    : IEntityTypeConfiguration<Product>, IEntityTypeConfiguration<Customer>, IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<StockChange>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("Products", table => table.HasCheckConstraint("CK_Products_Stock", "\"Stock\" >= 0"));
        builder.Property(p => p.Id).HasMaxLength(20);
        builder.Property(p => p.Name).HasMaxLength(120);
    }

    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.Property(c => c.Id).HasMaxLength(20);
        builder.Property(c => c.Name).HasMaxLength(120);
        builder.Property(c => c.Country).HasMaxLength(2);
    }

    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders", table => table.HasCheckConstraint("CK_Orders_Quantity", "\"Quantity\" >= 1"));
        builder.HasKey(o => o.Number);
        builder.Property(o => o.IdempotencyKey).HasMaxLength(260);
        builder.Property(o => o.Priority).HasMaxLength(10);
        builder.Property(o => o.Status).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(o => o.IdempotencyKey).IsUnique();
        builder.HasIndex(o => new { o.CustomerId, o.CreatedAt });
        builder.HasOne<Customer>().WithMany().HasForeignKey(o => o.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Product>().WithMany().HasForeignKey(o => o.ProductId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<StockChange> builder)
    {
        builder.HasKey(c => c.IdempotencyKey);
        builder.Property(c => c.IdempotencyKey).HasMaxLength(260);
        builder.HasOne<Product>().WithMany().HasForeignKey(c => c.ProductId).OnDelete(DeleteBehavior.Restrict);
    }
}
